/** What a push says, as far as the worker understands it. */
export interface Push {
  /** The tag: a push that comes twice shows one notification. */
  readonly eventId: string;
  readonly title: string;
  readonly body: string;
  readonly language: 'en' | 'ru';
  /** Where a click goes, below the origin. */
  readonly path: string;
  readonly cause: string | null;
  readonly conversationId: string | null;
  readonly seq: number | null;
  readonly icon: string | null;
  /** What says to the server that it was shown; null where there is none. */
  readonly receipt: string | null;
  /** Unread entries of the person; null: the push does not say. */
  readonly badge: number | null;
  /** By conversation: how far the person has read. */
  readonly readUpTo: Readonly<Record<string, number>>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the declarative envelope (`web_push: 8030`), whose own fields stand beside `notification`, or in its `data` where the browser has taken it
 * apart. Null: it is none, as from another server version.
 */
export function readPush(payload: unknown, origin: string): Push | null {
  const all = fields(payload);
  const shown = fields(all['notification']);
  const own: Fields = { ...fields(shown['data']), ...all };
  const title = text(shown['title']) ?? text(own['title']);
  const eventId = text(own['eventId']) ?? text(shown['tag']);
  if (title === null || eventId === null) return null;
  return {
    eventId,
    title,
    body: text(shown['body']) ?? text(own['body']) ?? '',
    language: (text(shown['lang']) ?? text(own['language'])) === 'ru' ? 'ru' : 'en',
    path: pathOf(text(shown['navigate']) ?? text(own['path']), origin),
    icon: text(shown['icon']) ?? text(own['iconPath']),
    ...aboutIn(own),
    badge: count(own['app_badge'] ?? shown['app_badge'] ?? own['badge']),
  };
}

const aboutIn = (own: Fields): Pick<Push, 'cause' | 'conversationId' | 'seq' | 'receipt' | 'readUpTo'> => ({
  cause: text(own['cause']),
  conversationId: text(own['conversationId']),
  seq: count(own['seq']),
  receipt: text(own['receipt']),
  readUpTo: Object.fromEntries(
    Object.entries(fields(own['readUpTo'])).filter((entry): entry is [string, number] => count(entry[1]) !== null),
  ),
});

/** Pages of this origin alone. */
export function pathOf(address: string | null, origin: string): string {
  if (address === null || !URL.canParse(address, origin)) return '/';
  const url = new URL(address, origin);
  return url.origin === origin ? url.pathname + url.search : '/';
}

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The declarative envelope writes numbers as text. */
function count(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
