import { useMemo } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Conversation, Message } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { useNames } from '../people/people.ts';

const namedAtMost = 3;

/** Who has read as far as one's own newest message; nothing where the team does not share read marks. */
export function SeenBy({ conversation, last }: { conversation: Conversation; last: Message | undefined }) {
  const { client, t } = useApp();
  const me = useMe();
  const members = useStore(client.conversation(conversation.id).members);
  const isMine = last?.senderId === me.id && last.deletedAt === null;
  const seq = last?.seq ?? 0;
  const readers = useMemo(
    () => (isMine ? members.filter(({ userId, lastReadSeq }) => userId !== me.id && lastReadSeq >= seq).map(({ userId }) => userId) : []),
    [isMine, members, me.id, seq],
  );
  const names = useNames(readers.slice(0, namedAtMost));
  if (readers.length === 0) return null;
  const rest = readers.length - names.length;
  let text = t('seen.by', { names: names.join(', ') });
  if (conversation.kind === 'direct') text = t('seen.direct');
  else if (rest > 0) text = t('seen.byMore', { names: names.join(', '), count: rest });
  return (
    <p className="seen-by">
      <Icon name="checks" size={14} />
      {text}
    </p>
  );
}
