// Identity is made in the app. Version 7 sorts by time; version 4 where the holder must not learn a time.
import { v4, v7 } from 'uuid'

/** A new id that sorts by the time it was made. */
export const newId = (): string => v7()
/** A new id that tells nothing. */
export const randomId = (): string => v4()
