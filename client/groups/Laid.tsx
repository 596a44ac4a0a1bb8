// At the reveal of a prompt in words: the answers as a list, or in groups. It is loaded then, and only by staff.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { Show } from '../parts/Choice.tsx'
import { Groups } from './Groups.tsx'
import { GroupTexts, useGroupWords } from './words.tsx'
import '../styles/groups.css'

type Props = { prompt: PromptView; leads: boolean; on: boolean; onTurn(on: boolean): void }

export default function Laid(props: Props) {
  return <GroupTexts><Switch {...props} />{props.on && <Groups prompt={props.prompt} leads={props.leads} />}</GroupTexts>
}

function Switch({ on, onTurn }: Props) {
  const { say } = useGroupWords()
  return (
    <div className="grp-switch">
      <Show<'list' | 'groups'> label={say('grp.switch')} value={on ? 'groups' : 'list'} onChange={(to) => onTurn(to === 'groups')} options={[{ value: 'list', label: say('grp.list') }, { value: 'groups', label: say('grp.groups') }]} />
    </div>
  )
}
