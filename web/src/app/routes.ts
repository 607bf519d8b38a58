export type AdminSection = (typeof adminSections)[number];
export const adminSections = ['overview', 'users', 'invites', 'settings', 'storage', 'notifications', 'audit', 'dead-letters'] as const;

export type Route =
  | { readonly name: 'setup'; readonly token: string }
  | { readonly name: 'sign-in' }
  | { readonly name: 'sign-up' }
  | { readonly name: 'invite'; readonly code: string }
  | { readonly name: 'reset'; readonly token: string }
  /** `seq`: the message to show, from a link. */
  | { readonly name: 'chat'; readonly conversationId: string | null; readonly seq: number | null }
  | { readonly name: 'admin'; readonly section: AdminSection };

export interface Place {
  readonly pathname: string;
  readonly hash: string;
}

/** The route of an address; an unknown one is the chat. One-time tokens are in the fragment, which no server receives. */
export function routeOf({ pathname, hash }: Place): Route {
  const [first = '', second = '', third = ''] = pathname.split('/').filter(Boolean).map(decoded);
  const token = decoded(hash.replace(/^#/, ''));
  if (first === 'setup') return { name: 'setup', token };
  if (first === 'sign-in') return { name: 'sign-in' };
  if (first === 'sign-up') return { name: 'sign-up' };
  if (first === 'invite' && second) return { name: 'invite', code: second };
  if (first === 'reset') return { name: 'reset', token };
  if (first === 'admin') return { name: 'admin', section: adminSections.find((section) => section === second) ?? 'overview' };
  if (first === 'c' && second) return { name: 'chat', conversationId: second, seq: /^[1-9]\d{0,14}$/.test(third) ? Number(third) : null };
  return { name: 'chat', conversationId: null, seq: null };
}

export function pathOf(route: Route): string {
  switch (route.name) {
    case 'setup':
      return `/setup#${encodeURIComponent(route.token)}`;
    case 'reset':
      return `/reset#${encodeURIComponent(route.token)}`;
    case 'invite':
      return `/invite/${encodeURIComponent(route.code)}`;
    case 'admin':
      return route.section === 'overview' ? '/admin' : `/admin/${route.section}`;
    case 'chat':
      return route.conversationId ? `/c/${route.conversationId}${route.seq ? `/${route.seq}` : ''}` : '/';
    default:
      return `/${route.name}`;
  }
}

export const chatRoute = (conversationId: string | null, seq: number | null = null): Route => ({ name: 'chat', conversationId, seq });

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
