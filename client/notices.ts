// Beside the rest: a page reads it when it shows notifications.
export { readNotice, type Notice } from '../src/contracts/notifications/notices.ts';
