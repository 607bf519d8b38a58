/**
 * Documents are numbered so that a greater number means a greater message id: new messages upward from `firstNew`, those that were there before
 * the index downward from it. What comes out of that order (an edit, a message that was committed late) gets a number in a range of its own.
 */
export const firstNew = 2 ** 40;
export const firstLate = 2 ** 41;
/** A place in a block takes two bytes. */
export const blockSize = 32_768;

export const blockOf = (doc: number): number => Math.floor(doc / blockSize);
export const placeOf = (doc: number): number => doc % blockSize;
export const docOf = (block: number, place: number): number => block * blockSize + place;
export const isLate = (block: number): boolean => block >= firstLate / blockSize;
