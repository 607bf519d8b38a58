import { reactionKey, type Ledger } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import type { SeenMessage } from './wire-shapes.ts';

/** The database's last word, read over HTTP after the last restart. */
export interface Truth {
  readonly conversationId: string;
  /** `plain` conversations only ever got messages, so every rev is one of theirs. */
  readonly kind: 'plain' | 'mixed';
  readonly lastSeq: number;
  readonly rev: number;
  /** In the order the pages gave it. */
  readonly history: readonly SeenMessage[];
  /** Read mark and unread count by user id. */
  readonly reads: Readonly<Record<string, { readonly lastReadSeq: number; readonly unread: number }>>;
}

export interface Findings {
  readonly seq: Counters;
  readonly rev: Counters;
  /** Acked edits, deletions, reactions and read marks that are not what was acked. */
  readonly state: { readonly texts: number; readonly deletions: number; readonly reactions: number; readonly reads: number };
  /** Differences between what a live client ended up with and the history. */
  readonly mirrors: { readonly differing: number; readonly phantoms: number; readonly conflicting: number; readonly resets: number };
}

export interface Counters {
  readonly lost: number;
  readonly duplicated: number;
  readonly gaps: number;
  readonly reordered: number;
}

/** Holds what clients were promised and shown against what is there. All zero = every promise was kept. */
export function check(ledger: Ledger, truths: readonly Truth[], mirrors: readonly Mirror[]): Findings {
  const byId = new Map(truths.flatMap(({ history }) => history.map((message) => [message.id, message] as const)));
  return {
    seq: addUp([...truths.map((truth) => seqOf(truth)), acksOf(ledger, truths)]),
    rev: addUp([
      ...truths.map((truth) => revOf(truth, ledger, mirrors)),
      { ...none, reordered: mirrors.reduce((sum, { faults }) => sum + faults.reordered, 0) },
    ]),
    state: stateOf(ledger, truths, byId),
    mirrors: mirrorsOf(mirrors, truths, byId),
  };
}

export function totalOf(findings: Findings): number {
  return Object.values(findings)
    .flatMap((group: object) => Object.values(group) as number[])
    .reduce((sum, count) => sum + count, 0);
}

const none: Counters = { lost: 0, duplicated: 0, gaps: 0, reordered: 0 };

/** History must count 1, 2, 3, … to `lastSeq`, and hold each clientMessageId of a sender once. */
function seqOf({ history, lastSeq }: Truth): Counters {
  const seqs = history.map(({ seq }) => seq);
  const distinct = new Set(seqs);
  const ids = new Set<string>();
  let duplicated = seqs.length - distinct.size;
  for (const { clientMessageId, senderId } of history) {
    const key = `${senderId} ${String(clientMessageId)}`;
    if (clientMessageId !== null && ids.has(key)) duplicated++;
    ids.add(key);
  }
  let gaps = 0;
  for (let seq = 1; seq <= Math.max(lastSeq, highest(seqs)); seq++) if (!distinct.has(seq)) gaps++;
  const reordered = seqs.filter((seq, index) => index > 0 && seq < seqs[index - 1]!).length;
  return { lost: 0, duplicated, gaps, reordered };
}

/** Every acked send is there, once, under the id and seq that every one of its acks named. */
function acksOf(ledger: Ledger, truths: readonly Truth[]): Counters {
  const found = new Map(
    truths.flatMap(({ history }) => history.map((message) => [`${message.senderId} ${String(message.clientMessageId)}`, message] as const)),
  );
  let lost = 0;
  let duplicated = 0;
  let reordered = 0;
  for (const { senderId, clientMessageId, receipts } of ledger.sends.values()) {
    const message = found.get(`${senderId} ${clientMessageId}`);
    if (receipts.length > 0 && !message) lost++;
    if (new Set(receipts.map(({ id }) => id)).size > 1) duplicated++;
    if (message && receipts.some(({ seq, id }) => seq !== message.seq || id !== message.id)) reordered++;
  }
  return { lost, duplicated, gaps: 0, reordered };
}

function revOf(truth: Truth, ledger: Ledger, mirrors: readonly Mirror[]): Counters {
  const { conversationId, history, rev: head, kind } = truth;
  const final = new Map(history.map((message) => [message.id, message]));
  const acked = ledger.revs.filter((change) => change.conversationId === conversationId);
  const lost = acked.filter(({ rev, messageId }) => rev > head || rev > (final.get(messageId)?.rev ?? 0)).length;
  const claims = claimsOf(truth, ledger, mirrors);
  const duplicated = [...claims.values()].filter((owners) => owners.size > 1).length;
  const revs = history.map(({ rev }) => rev);
  const gaps = kind === 'plain' ? holesIn(revs) : unexplained(head, claims, ledger.unknown.get(conversationId) ?? 0);
  const reordered =
    kind === 'plain' ? revs.filter((rev, index) => index > 0 && rev < revs[index - 1]!).length : creationsOutOfOrder(ledger, final);
  return { lost, duplicated, gaps: gaps + (highest(revs) > head ? 1 : 0), reordered };
}

/** Who says that a rev is which message's: acks, live events and the history. Two messages on one rev is one too many. */
function claimsOf({ conversationId, history }: Truth, ledger: Ledger, mirrors: readonly Mirror[]): Map<number, Set<string>> {
  const claims = new Map<number, Set<string>>();
  const claim = (rev: number, owner: string): void => void claims.set(rev, (claims.get(rev) ?? new Set()).add(owner));
  for (const change of ledger.revs) if (change.conversationId === conversationId) claim(change.rev, change.messageId);
  for (const { rev, id } of history) claim(rev, id);
  for (const mirror of mirrors) for (const [rev, owner] of mirror.seenRevs.get(conversationId) ?? []) claim(rev, owner);
  return claims;
}

/** Revs nobody ever saw, beyond the attempts whose answer was lost: each of those may have made one. */
function unexplained(head: number, claims: ReadonlyMap<number, unknown>, unknownAttempts: number): number {
  const first = [...claims.keys()].reduce((least, rev) => Math.min(least, rev), head);
  let unseen = 0;
  for (let rev = first; rev <= head; rev++) if (!claims.has(rev)) unseen++;
  return Math.max(0, unseen - unknownAttempts);
}

function holesIn(revs: readonly number[]): number {
  if (revs.length === 0) return 0;
  const distinct = new Set(revs);
  return highest(revs) - revs.reduce((least, rev) => Math.min(least, rev)) + 1 - distinct.size;
}

/** The first ack of a message carries its creation's rev (nobody changes what is not acked): in order of seq those only rise. */
function creationsOutOfOrder(ledger: Ledger, final: ReadonlyMap<string, SeenMessage>): number {
  const creations = [...ledger.sends.values()]
    .flatMap(({ receipts }) => receipts.slice(0, 1))
    .filter(({ id }) => final.has(id))
    .sort((a, b) => a.seq - b.seq);
  return creations.filter(({ rev }, index) => index > 0 && rev <= creations[index - 1]!.rev).length;
}

// A spread into Math.max would overflow the stack on a long history.
function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function stateOf(ledger: Ledger, truths: readonly Truth[], byId: ReadonlyMap<string, SeenMessage>): Findings['state'] {
  const texts = [...ledger.texts].filter(([id, text]) => !ledger.deleted.has(id) && byId.has(id) && byId.get(id)?.text !== text).length;
  const deletions = [...ledger.deleted].filter((id) => (byId.get(id)?.deletedAt ?? null) === null || byId.get(id)?.text !== '').length;
  const standing = new Set(
    [...byId.values()].flatMap(({ id, reactions }) =>
      reactions.flatMap(({ emoji, userIds }) => userIds.map((user) => reactionKey(id, emoji, user))),
    ),
  );
  const reactions = [...ledger.reactions].filter(
    ([key, stands]) => !ledger.deleted.has(key.split(' ')[0]!) && standing.has(key) !== stands,
  ).length;
  let reads = 0;
  for (const { conversationId, lastSeq, reads: marks } of truths) {
    for (const [userId, { lastReadSeq, unread }] of Object.entries(marks)) {
      if (lastReadSeq < (ledger.reads.get(`${conversationId} ${userId}`) ?? 0) || unread !== lastSeq - lastReadSeq) reads++;
    }
  }
  return { texts, deletions, reactions, reads };
}

function mirrorsOf(mirrors: readonly Mirror[], truths: readonly Truth[], byId: ReadonlyMap<string, SeenMessage>): Findings['mirrors'] {
  let differing = 0;
  let phantoms = 0;
  for (const mirror of mirrors) {
    const watched = truths.filter(({ conversationId }) => mirror.known.has(conversationId));
    for (const { history } of watched) differing += history.filter((message) => !alike(message, mirror.messages.get(message.id))).length;
    differing += [...mirror.messages.keys()].filter((id) => !byId.has(id)).length;
    differing += watched.filter(({ conversationId, rev }) => mirror.known.get(conversationId) !== rev).length;
    // Shown to a person, then gone or elsewhere: a broadcast that ran ahead of its commit.
    phantoms += [...mirror.seenCreated.values()].filter(({ id, seq }) => byId.get(id)?.seq !== seq).length;
  }
  const sum = (kind: 'conflicting' | 'resets'): number => mirrors.reduce((total, { faults }) => total + faults[kind], 0);
  return { differing, phantoms, conflicting: sum('conflicting'), resets: sum('resets') };
}

function alike(message: SeenMessage, held: SeenMessage | undefined): boolean {
  if (!held) return false;
  const same = held.seq === message.seq && held.text === message.text && (held.deletedAt === null) === (message.deletedAt === null);
  return same && reactionsOf(held) === reactionsOf(message);
}

function reactionsOf({ reactions }: SeenMessage): string {
  return reactions
    .filter(({ userIds }) => userIds.length > 0)
    .map(({ emoji, userIds }) => `${emoji} ${userIds.toSorted().join(' ')}`)
    .sort()
    .join('|');
}

function addUp(all: readonly Counters[]): Counters {
  const sum = (key: keyof Counters): number => all.reduce((total, each) => total + each[key], 0);
  return { lost: sum('lost'), duplicated: sum('duplicated'), gaps: sum('gaps'), reordered: sum('reordered') };
}
