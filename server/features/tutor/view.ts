// What a client knows of the tutor without asking. Pure and small.

/** The most characters of a question. */
export const ASKED_MOST = 4_000
