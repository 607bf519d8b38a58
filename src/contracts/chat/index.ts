// Generated from the files beside it by `npm run docs:api`.
export * from './attachments.ts';
export * from './avatars.ts';
export * from './conversations.ts';
export * from './files.ts';
export * from './members.ts';
export * from './messages.ts';
export * from './ownerless.ts';
export * from './pins.ts';
export * from './reactions.ts';
export * from './read-state.ts';
export * from './recipients.ts';
export * from './search.ts';
export * from './sync.ts';
export * from './team-settings.ts';
export * from './typing.ts';
