/** How an option is called: A to J. */
export const letter = (option: number): string => String.fromCharCode(65 + option)

/** Options as they are called, in the reader's language: "B", or "A, C". */
export const letters = (options: readonly number[]): string => options.map(letter).join(', ')
