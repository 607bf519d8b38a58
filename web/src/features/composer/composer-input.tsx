import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react';
import { useApp } from '../../app/app-context.tsx';
import { hasScreenKeyboard } from '../../shared/browser/pointer.ts';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { editLast, post, stepBack, write } from './composer-state.ts';
import { completeMention } from './mention-query.ts';
import { MentionList } from './mention-list.tsx';
import { useMentionChoice, type MentionChoice } from './use-mention-choice.ts';

export interface InputHandle {
  focus(): void;
  /** Puts text in the place of the selection. */
  insert(text: string): void;
}

export interface ComposerInputProps {
  ref: Ref<InputHandle>;
  conversation: Conversation;
  text: string;
  label: string;
}

export function ComposerInput({ ref, conversation, text, label }: ComposerInputProps) {
  const app = useApp();
  const { id } = conversation;
  const area = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const mention = useMentionChoice(conversation, text, caret);
  useFittingHeight(area, text);
  useAskedFocus(area);
  const place = (next: string, at: number) => {
    write(app, id, next);
    setCaret(at);
    putCaret(area, at);
  };
  useInputHandle(ref, area, text, place);
  const complete = (username: string) => {
    const done = completeMention(text, caret, username);
    mention.dismiss();
    place(done.text, done.caret);
  };
  const press = useKeys(conversation, text, mention, complete);
  return (
    <>
      <textarea
        ref={area}
        className="composer-input"
        rows={1}
        dir="auto"
        value={text}
        placeholder={label}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={mention.people.length > 0 ? listId : undefined}
        aria-activedescendant={mention.people.length > 0 ? `${listId}-${mention.at}` : undefined}
        enterKeyHint={hasScreenKeyboard() ? 'enter' : 'send'}
        onChange={(event) => {
          write(app, id, event.target.value);
          setCaret(event.target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
        onBlur={() => mention.dismiss()}
      />
      {mention.people.length > 0 ? <MentionList id={listId} people={mention.people} at={mention.at} onChoose={complete} /> : null}
    </>
  );
}

/** After the text has been drawn, or the browser would put the caret at its end. */
function putCaret(area: RefObject<HTMLTextAreaElement | null>, at: number): void {
  requestAnimationFrame(() => {
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
  });
}

function useInputHandle(
  ref: Ref<InputHandle>,
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  place: (text: string, caret: number) => void,
): void {
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert: (inserted) => {
      const { selectionStart: start = text.length, selectionEnd: end = text.length } = area.current ?? {};
      place(text.slice(0, start) + inserted + text.slice(end), start + inserted.length);
    },
  }));
}

function useKeys(
  { id }: Conversation,
  text: string,
  mention: MentionChoice,
  complete: (username: string) => void,
): (event: KeyboardEvent<HTMLTextAreaElement>) => void {
  const app = useApp();
  const inMention = (key: string): boolean => {
    const chosen = mention.people[mention.at];
    if (!chosen) return false;
    if (key === 'ArrowDown') mention.move(1);
    else if (key === 'ArrowUp') mention.move(-1);
    else if (key === 'Enter' || key === 'Tab') complete(chosen.username);
    else if (key === 'Escape') mention.dismiss();
    else return false;
    return true;
  };
  const inText = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (key === 'Enter' && !shiftKey && !hasScreenKeyboard()) {
      void post(app, id);
      return true;
    }
    if (key === 'Escape') return stepBack(app, id);
    return key === 'ArrowUp' && text === '' && editLast(app, id);
  };
  return (event) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (inMention(event.key) || inText(event)) event.preventDefault();
  };
}

const tallestPx = 240;

/** The box grows with its text up to a limit, then scrolls. */
function useFittingHeight(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, tallestPx)}px`;
  }, [area, text]);
}

function useAskedFocus(area: RefObject<HTMLTextAreaElement | null>): void {
  const { ui } = useApp();
  const asked = useStore(ui.composerFocus);
  const before = useRef(0);
  useEffect(() => {
    if (asked === before.current) return;
    before.current = asked;
    const element = area.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [area, asked]);
}
