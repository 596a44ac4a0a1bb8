// What BM25 is told of words and of threes of letters alike (Robertson and Zaragoza 2009). Pure.

export const K1 = 1.2
export const B = 0.75
/** In a small collection what stands in one passage is not rare for that: it counts as one of so many. */
export const FEW = 30
