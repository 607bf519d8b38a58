/** What stands before, over and instead of the chat. */
export const start = {
  'crash.title': 'Something went wrong on this page',
  'crash.text': 'Your messages are safe. Reload the page to continue.',
  'crash.reload': 'Reload',
  'part.failed': 'This part of the page could not be loaded. Check the connection, or reload the page.',
  'splash.failed': 'The server cannot be reached. Trying again…',
  'splash.loading': 'Connecting…',
  'splash.limited': 'Too many attempts from this network. Trying again by itself.',
  'splash.retryIn': { one: 'Next try in {count} second', other: 'Next try in {count} seconds' },
  'splash.signingOut': 'Signing out…',
} as const;
