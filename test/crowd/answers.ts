// What a class writes when it is asked something open: sentences that fit most questions, some with words of the question
// in them. Pure: chance is handed in.

/** A number from 0 to below 1. */
export type Chance = () => number

// `%` stands for a word of the question.
const THOUGHTS = [
  'I would start with %, because everything else here depends on it.',
  'Honestly, I had never thought about % until last week.',
  'My first idea was %, but the longer I think the less sure I am.',
  'It depends on who pays for it, and that is usually not the people who decide.',
  'In my family we would say: try it small first, then argue.',
  'The part about % is easy; the people are the hard part.',
  'I disagree with most of what is usually said about %.',
  'We tried something like this at work and it failed, mostly because nobody explained why.',
  'I would ask the ones who use it every day before changing anything.',
  'If I had to choose only one thing, it would be %.',
  'Where I grew up nobody had a word for %, and it still worked.',
  'It is less about % and more about time: who has it and who does not.',
  'You cannot answer that without knowing what was there before.',
  'I think we overrate % and underrate simple habits.',
  'The honest answer is that I do not know, but here is how I would find out: ask five neighbours.',
  'Start with the smallest version that still helps somebody.',
  'There is a trade-off nobody mentions: what is good for % is bad for quiet.',
  'I would keep %, and take away almost everything around it.',
  'Two years ago I would have said no. Now I have children, and I say yes.',
  'My grandmother solved this with a bucket and a chair.',
  'Nobody has the right to decide that alone, not even an expert.',
  'I would measure it for a month first. Everybody has an opinion about %, few have numbers.',
  'What annoys me is that we talk about % as if it fell from the sky.',
  'It should be free, or it will only be for the people who need it least.',
  'The best example I know is a small town in the north that simply stopped doing it.',
  'I would look at who is missing from this conversation.',
  'For me % is a matter of trust, and trust takes longer than any plan.',
  'Do it, but write down beforehand when you will admit that it did not work.',
  'The second-best solution that everybody accepts beats the best one that nobody does.',
  'I changed my mind about % while writing this.',
  'I would let people try both for a week and then vote.',
  'It is cheaper to prevent this than to repair it, and we never do.',
  'Someone will be annoyed either way, so be fair and say it early.',
  'Make % visible. People look after what they can see.',
  'I am the annoying one here: I would change nothing until winter is over.',
  'The question hides another one: who is it for?',
  'Less %, more benches.',
  'I would give it to the young ones to decide; they will live with it longest.',
  'It sounds good on paper. I have walked there at night.',
  'I have seen % work exactly once, and it was because one stubborn person stayed with it.',
  'Ask again in summer, and you will get another answer from everybody.',
  'Because it is shared, it needs a rule; because it is small, the rule can be short.',
  'I would put the money into looking after what we have.',
  'It is a question of dignity as much as of %.',
  'Whatever we choose, it must be possible to undo it.',
]
const BEGINNINGS = ['', '', '', '', 'Hm. ', 'Good question. ', 'For me: ', 'Maybe unpopular: ', 'Short version: ', 'As a nurse I would say: ', 'From the back row: ']
const ENDINGS = ['', '', '', '', '', ' That is all I have.', ' Curious what the others say.', ' But ask me tomorrow.', ' At least that is how it looks from my street.', ' I learned that the hard way.']
const COMMON = new Set(`about after again because before being could does done every first from have here into just know like make more most much must need only other
over really same should some such than that their them then there these they thing think this those through time very want well were what when where which while who whom whose why will
with without would your yours you may how are was has had our and but not for the its can`.split(/\s+/))

const oneOf = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)] as T

/** An answer to an open question. */
export function answerTo(question: string, chance: Chance): string {
  const words = (question.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((w) => !COMMON.has(w) && !/(ed|ing|ly|est)$/.test(w))
  const word = words.length > 0 ? oneOf(words, chance) : 'that'
  return `${oneOf(BEGINNINGS, chance)}${oneOf(THOUGHTS, chance).replaceAll('%', word)}${oneOf(ENDINGS, chance)}`
}

/** The same answer, thought over: what one writes a little later. */
export const secondThought = (before: string, chance: Chance): string =>
  `${before} ${oneOf(['On second thought, not always.', 'And I would add: slowly.', 'Edit: I mean for those who can choose.', 'No, let me put it differently: it is about being asked.', 'Still true after reading it twice.'], chance)}`
