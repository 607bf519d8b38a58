import { highlight } from './highlight.ts';

export function Highlighted({ text, words }: { text: string; words: string }) {
  return highlight(text, words).map((part, index) =>
    part.hit ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
  );
}
