import { useRef, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { Popover } from '../../shared/ui/popover.tsx';
import { EmojiPicker } from '../messages/emoji-picker.tsx';
import { useTitle } from '../conversations/use-title.ts';
import { AttachButton } from '../uploads/attach-button.tsx';
import { useTray } from '../uploads/tray.ts';
import { UploadList } from '../uploads/late.tsx';
import { VoiceButton } from '../uploads/voice.tsx';
import { ComposerInput, type InputHandle } from './composer-input.tsx';
import { post, textOf } from './composer-state.ts';
import { isBlank, longestText, tidied, tooManyIn } from './written-text.ts';
import './composer.css';

const ComposerContext = later(async () => (await smallParts()).ComposerContext);

/** Where one writes into the open conversation. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const { drafts, t } = app;
  const title = useTitle(conversation);
  const draft = useStore(drafts.of(conversation.id));
  const input = useRef<InputHandle>(null);
  const text = textOf(draft);
  const tray = useTray(conversation.id);
  return (
    <form
      className="composer"
      aria-label={t('composer.form')}
      onSubmit={(event) => {
        event.preventDefault();
        void post(app, conversation.id);
        input.current?.focus();
      }}
    >
      <div className="composer-box">
        <ComposerContext conversationId={conversation.id} draft={draft} />
        {draft.edit ? null : <UploadList uploads={tray} />}
        <div className="composer-line">
          {draft.edit ? null : <AttachButton conversationId={conversation.id} />}
          <EmojiButton onChoose={(emoji) => input.current?.insert(emoji)} />
          <ComposerInput
            ref={input}
            conversation={conversation}
            text={text}
            label={draft.edit ? t('composer.editing') : t('composer.label', { name: title })}
          />
          {draft.edit || !isBlank(text) || tray.length > 0 ? null : <VoiceButton conversationId={conversation.id} />}
          <PostButton edits={draft.edit !== null} isEmpty={isBlank(text) && (draft.edit !== null || tray.length === 0)} />
        </div>
        {draft.edit && isBlank(text) ? <Emptied /> : <Remaining text={text} />}
      </div>
    </form>
  );
}

/** Sends or saves; a message that was emptied can only be deleted. */
function PostButton({ edits, isEmpty }: { edits: boolean; isEmpty: boolean }) {
  const { t } = useApp();
  if (edits && isEmpty)
    return <IconButton type="submit" icon="trash" label={t('action.delete')} className="composer-send composer-delete" />;
  return (
    <IconButton
      type="submit"
      icon={edits ? 'check' : 'send'}
      label={t(edits ? 'composer.save' : 'composer.send')}
      className="composer-send"
      disabled={isEmpty}
    />
  );
}

function Emptied() {
  const { t } = useApp();
  return (
    <p className="composer-count" role="status">
      {t('composer.emptied')}
    </p>
  );
}

/** Near the longest text: how much room is left, or how much has to go. */
function Remaining({ text }: { text: string }) {
  const { t } = useApp();
  if (text.length < longestText * 0.9) return null;
  const over = tooManyIn(text);
  return (
    <p className={over > 0 ? 'composer-count composer-count-over' : 'composer-count'} role="status">
      {over > 0 ? t('composer.tooLong', { count: over }) : t('composer.room', { count: longestText - tidied(text).length })}
    </p>
  );
}

function EmojiButton({ onChoose }: { onChoose: (emoji: string) => void }) {
  const { t } = useApp();
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <IconButton
        icon="smile"
        label={t('composer.emoji')}
        className="composer-emoji"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      {anchor ? (
        <Popover label={t('emoji.label')} anchor={anchor} onClose={() => setAnchor(null)}>
          <EmojiPicker
            onChoose={(emoji) => {
              setAnchor(null);
              onChoose(emoji);
            }}
          />
        </Popover>
      ) : null}
    </>
  );
}
