// Who is asking. `familyId` is the sign-in: ending it ends every token and socket of it.
// `by` is who really asks where somebody views as another person; `program`: a key of a program asks, not a person.
export type Actor = { readonly userId: string; readonly familyId: string; readonly name: string; readonly by?: By | undefined; readonly program?: boolean | undefined }
export type By = { readonly userId: string; readonly name: string }

/** What an access token says; `exp` in seconds since 1970. */
export type Claims = { sub: string; fam: string; name: string; exp: number; by?: By | undefined; program?: boolean | undefined }

export const actorOf = ({ sub, fam, name, by, program }: Claims): Actor => ({ userId: sub, familyId: fam, name, ...(by && { by }), ...(program && { program }) })
