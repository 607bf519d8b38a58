import { Mirror } from './mirror.ts';
import type { LiveEvent, SeenMessage } from './wire-shapes.ts';

const room = 'room';

function created(rev: number, id = `m${String(rev)}`): LiveEvent {
  const message: SeenMessage = {
    id,
    conversationId: room,
    seq: rev,
    rev,
    clientMessageId: id,
    senderId: 'ana',
    kind: 'text',
    text: id,
    reactions: [],
    deletedAt: null,
  };
  return { name: 'message:created', conversationId: room, rev, message };
}

function connected(): Mirror {
  const mirror = new Mirror([room]);
  mirror.connected();
  mirror.synced({ removed: [], changes: {} });
  return mirror;
}

const upTo = (uptoRev: number, events: readonly LiveEvent[], more = false) => ({
  removed: [],
  changes: { [room]: { messages: events.flatMap(({ message }) => message ?? []), uptoRev, more } },
});

describe('a mirror', () => {
  it('applies each rev that follows the one it knows', () => {
    const mirror = connected();
    expect([mirror.receive(created(1)), mirror.receive(created(2))]).toEqual([false, false]);
    expect([...mirror.messages.keys()]).toEqual(['m1', 'm2']);
  });

  it('asks sync once at a hole and goes on behind it', () => {
    const mirror = connected();
    expect(mirror.receive(created(3))).toBe(true);
    expect(mirror.receive(created(4))).toBe(false);
    expect(mirror.synced(upTo(3, [created(1), created(2), created(3)]))).toBe(false);
    expect(mirror.known.get(room)).toBe(4);
    expect(mirror.messages.size).toBe(4);
    expect(mirror.healed).toBe(1);
  });

  it('applies nothing before the first sync of a connection', () => {
    const mirror = new Mirror([room]);
    mirror.connected();
    mirror.receive(created(2));
    expect(mirror.known.get(room)).toBe(0);
    mirror.synced(upTo(1, [created(1)]));
    expect(mirror.known.get(room)).toBe(2);
  });

  it('asks again while there is more, and when a head that it lacks is named', () => {
    const mirror = connected();
    expect(mirror.synced(upTo(1, [created(1)], true))).toBe(true);
    expect([mirror.lacks({ [room]: 2 }), mirror.lacks({ [room]: 1 }), mirror.lacks({ elsewhere: 9 })]).toEqual([true, false, false]);
  });

  it('takes the same event twice for a repeat, not for a fault', () => {
    const mirror = connected();
    mirror.receive(created(1));
    mirror.receive(created(1));
    expect(mirror.repeated).toBe(1);
    expect(mirror.faults).toEqual({ reordered: 0, conflicting: 0, resets: 0 });
  });

  it('finds an older rev behind a newer one on one connection', () => {
    const mirror = connected();
    mirror.receive(created(2));
    mirror.receive(created(1));
    expect(mirror.faults.reordered).toBe(1);
  });

  it('finds two contents on one rev', () => {
    const mirror = connected();
    mirror.receive(created(1));
    mirror.receive(created(1, 'another'));
    expect(mirror.faults.conflicting).toBe(1);
  });

  it('finds a conversation taken away or begun anew', () => {
    const mirror = connected();
    mirror.synced({ removed: [room], changes: { [room]: { messages: [], uptoRev: 0, more: false, reset: true } } });
    expect(mirror.faults.resets).toBe(2);
  });

  it('shows the reactions of the last change', () => {
    const mirror = connected();
    mirror.receive(created(1));
    const reactions = [{ emoji: '👍', userIds: ['ben'] }];
    mirror.receive({ name: 'reaction:changed', conversationId: room, rev: 2, reaction: { messageId: 'm1', reactions } });
    expect(mirror.messages.get('m1')?.reactions).toEqual(reactions);
  });
});
