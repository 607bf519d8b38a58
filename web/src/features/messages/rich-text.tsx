import { memo, type ReactNode } from 'react';
import { isEmojiOnly } from '../../shared/text/emoji-only.ts';
import { parseText, type Block, type Inline } from '../../shared/text/parse.ts';
import './rich-text.css';

export interface RichTextProps {
  text: string;
  /** What a mention shows, or null when nobody has that username: the text then stays as typed. */
  mention: (username: string) => { name: string; me: boolean } | null;
  /** Stands at the end of the last line. */
  after?: ReactNode;
}

/** A message's text as elements; nothing of it is ever read as HTML. */
export const RichText = memo(function RichText({ text, mention, after }: RichTextProps) {
  const blocks = parseText(text);
  const last = blocks.length - 1;
  return (
    <div className={isEmojiOnly(text) ? 'rich rich-large' : 'rich'} dir="auto">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} mention={mention} after={index === last ? after : null} />
      ))}
    </div>
  );
});

function BlockView({ block, mention, after }: { block: Block; mention: RichTextProps['mention']; after: ReactNode }) {
  if (block.kind === 'code') {
    return (
      <>
        <pre className="rich-block" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
        {after}
      </>
    );
  }
  const content = block.children.map((node, index) => <InlineView key={index} node={node} mention={mention} />);
  if (block.kind === 'quote') {
    return (
      <>
        <blockquote className="rich-quote">{content}</blockquote>
        {after}
      </>
    );
  }
  return (
    <p>
      {content}
      {after}
    </p>
  );
}

function InlineView({ node, mention }: { node: Inline; mention: RichTextProps['mention'] }): ReactNode {
  if ('children' in node) {
    const children = node.children.map((child, index) => <InlineView key={index} node={child} mention={mention} />);
    if (node.kind === 'bold') return <strong>{children}</strong>;
    return node.kind === 'italic' ? <em>{children}</em> : <s>{children}</s>;
  }
  if (node.kind === 'code') return <code className="rich-code">{node.text}</code>;
  if (node.kind === 'link') {
    return (
      <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
        {node.text}
      </a>
    );
  }
  if (node.kind === 'mention') {
    const person = mention(node.username);
    return person ? <span className={person.me ? 'mention mention-me' : 'mention'}>@{person.name}</span> : node.text;
  }
  return node.text;
}
