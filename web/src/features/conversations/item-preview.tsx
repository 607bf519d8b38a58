import { previewOf } from '../../../../src/text/plain.ts';
import { useApp } from '../../app/app-context.tsx';
import { BriefTime } from '../../app/brief-time.tsx';
import { useMe } from '../../app/me.ts';
import { messageLine } from '../../shared/message-line.ts';
import type { Conversation } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { useIsFormer, useNames, usePerson } from '../people/people.ts';

/** What is being typed, else the own draft, else the last message. */
export function ItemPreview({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const { client, drafts, t } = useApp();
  const typing = useNames(useStore(client.conversation(conversation.id).typing));
  const draft = useSelected(drafts.of(conversation.id), ({ text }) => text);
  if (typing.length > 0)
    return (
      <span className="item-preview item-typing ellipsis">
        {typing.length === 1 ? t('typing.brief') : t('typing.several', { count: typing.length })}
      </span>
    );
  if (draft.trim() !== '' && !open) {
    return (
      <span className="item-preview ellipsis">
        <span className="item-draft">{t('draft')}</span> {previewOf(draft, 80)}
      </span>
    );
  }
  return <LastMessage conversation={conversation} />;
}

function LastMessage({ conversation: { kind, lastMessage } }: { conversation: Conversation }) {
  const { t } = useApp();
  const me = useMe();
  const sender = usePerson(lastMessage?.senderId ?? null);
  const isEdit = useIsFormer(lastMessage?.senderId ?? null);
  if (!lastMessage) return <span className="item-preview ellipsis">{t('conversation.noMessages')}</span>;
  const text = lastMessage.deletedAt ? t('message.deleted') : messageLine(lastMessage, 80, t);
  const isMine = lastMessage.senderId === me.id;
  const who = isMine ? t('you') : kind === 'direct' ? null : isEdit ? t('person.former') : sender?.displayName.split(' ')[0];
  return (
    <span className="item-preview ellipsis">
      {who ? `${who}: ` : ''}
      {text}
    </span>
  );
}

export function ItemTime({ conversation: { lastMessage } }: { conversation: Conversation }) {
  return lastMessage ? <BriefTime className="item-time" at={new Date(lastMessage.createdAt)} /> : null;
}
