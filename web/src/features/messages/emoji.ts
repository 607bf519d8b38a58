/** Offered without opening the picker. */
export const quickEmoji: readonly string[] = ['👍', '❤️', '😂', '🎉', '👀', '✅'];
