// Who is asking. `familyId` is the sign-in: ending it ends every token and socket of it.
export type Actor = { readonly userId: string; readonly familyId: string; readonly name: string }

/** What an access token says; `exp` in seconds since 1970. */
export type Claims = { sub: string; fam: string; name: string; exp: number }

export const actorOf = (claims: Claims): Actor => ({ userId: claims.sub, familyId: claims.fam, name: claims.name })
