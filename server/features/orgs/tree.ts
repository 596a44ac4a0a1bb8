// What may stand where: pure.
export type Kind = { key: string; allowedChildren: readonly string[] | null }

/** Whether a place of this kind may stand below one of that. */
export const mayStand = (above: Kind, kind: string): boolean => above.allowedChildren === null || above.allowedChildren.includes(kind)

/** A slug for this name, where nobody gave one: its letters without accents, in small. Names in other scripts give `place`. */
export const slugOf = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50).replace(/-+$/, '') || 'place'
