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
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { isInputMethod } from '../../shared/browser/input-method.ts';
import { hasScreenKeyboard } from '../../shared/browser/pointer.ts';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { editLast, post, stepBack, write } from './composer-state.ts';
import { completeMention } from './mention-query.ts';
import { typeInto } from '../../shared/browser/typed-insert.ts';
import { useMentionChoice, type MentionChoice } from './use-mention-choice.ts';

const MentionList = later(async () => (await smallParts()).MentionList);

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
  useInputHandle(ref, area);
  const complete = (username: string) => {
    const completion = completeMention(text, caret, username);
    mention.dismiss();
    if (completion && area.current) typeInto(area.current, completion.text, completion);
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
        onChange={({ target }) => {
          if (target.value.length - text.length > pastedAtLeast) requestAnimationFrame(() => showCaret(target));
          write(app, id, target.value);
          setCaret(target.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
        onBlur={() => mention.dismiss()}
      />
      {mention.people.length > 0 ? <MentionList id={listId} people={mention.people} at={mention.at} onChoose={complete} /> : null}
    </>
  );
}

/** A text that grows by so much at once was pasted. */
const pastedAtLeast = 200;

/** Browsers show the caret in the box as it was before it grew. Where the caret stands within a text is known by its share alone. */
function showCaret(area: HTMLTextAreaElement): void {
  const share = area.selectionEnd / Math.max(1, area.value.length);
  area.scrollTop = share === 1 ? area.scrollHeight : area.scrollHeight * share - area.clientHeight / 2;
}

function useInputHandle(ref: Ref<InputHandle>, area: RefObject<HTMLTextAreaElement | null>): void {
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert: (inserted) => {
      if (area.current) typeInto(area.current, inserted, { from: area.current.selectionStart, to: area.current.selectionEnd });
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
  // The one that sends under a screen keyboard too, where a bare Enter begins a line.
  const sendsAnywhere = ({ key }: KeyboardEvent): boolean => {
    if (key === 'Enter') void post(app, id);
    return key === 'Enter';
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
    if (isInputMethod(event.nativeEvent) || event.altKey) return;
    const withMod = event.ctrlKey || event.metaKey;
    if (withMod ? sendsAnywhere(event) : inMention(event.key) || inText(event)) event.preventDefault();
  };
}

const tallestPx = 240;
/** The browser grows the box with its text (`composer.css`), without a layout of the page for each key. */
const growsByItself = (): boolean => CSS.supports('field-sizing', 'content');

/** Elsewhere the box is measured: it grows with its text up to a limit, then scrolls, and what is seen of its lower end stays seen. */
function useFittingHeight(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = area.current;
    if (!element || growsByItself()) return;
    const end = element.scrollTop + element.clientHeight;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, tallestPx)}px`;
    element.scrollTop = end - element.clientHeight;
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
