/**
 * What a notice of the cause `security` says. `role_changed` is about a role, `signed_out` about a device, or about none where an admin ended all sessions,
 * the others about a device. `stale_device` was not opened for 14 days: its browser may let no more pushes through.
 * `service_refuses` goes to admins: `about` is a channel, `address` the words of its service.
 */
const noticeKinds = [
  'new_device',
  'password_changed',
  'role_changed',
  'signed_out',
  'token_reused',
  'stale_device',
  'service_refuses',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** `about`: name of a device, or a role. `address`: where it came from; empty where that says nothing. */
export interface Notice {
  readonly what: NoticeKind;
  readonly about: string;
  readonly address: string;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** As entries keep it in `text`. */
export const noticeText = ({ what, about, address }: Notice): string => [what, oneLine(about), oneLine(address)].join('\n');

/** Null where it is none that this version knows. */
export function readNotice(text: string): Notice | null {
  const [kind, about = '', address = ''] = text.split('\n');
  const what = noticeKinds.find((known) => known === kind);
  return what === undefined ? null : { what, about, address };
}
