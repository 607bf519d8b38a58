import { memo, type ReactNode } from 'react';
import { callsIn, isCalled, type Call } from '../../../../src/text/called.ts';
import type { Block, Inline, Item, Mention, Table } from '../../../../src/text/document.ts';
import { isEmojiOnly } from '../../../../src/text/emoji-only.ts';
import { parseText } from '../../../../src/text/parse.ts';
import type { Mentioned } from '../people/people.ts';
import { CodeBlock } from './code-block.tsx';
import { Spoiler } from './spoiler.tsx';
import './rich-text.css';

export interface RichTextProps {
  text: string;
  /** In the order that the message has them; a mention of anybody else stays as typed. */
  mentioned: readonly Mentioned[];
  myId: string;
  /** Stands at the end of the last line. */
  after?: ReactNode;
}

interface Reading {
  readonly calls: ReadonlyMap<Mention, Call>;
  readonly mentioned: readonly Mentioned[];
  readonly myId: string;
}

/** A message's text as elements; nothing of it is ever read as HTML. */
export const RichText = memo(function RichText({ text, mentioned, myId, after }: RichTextProps) {
  const blocks = parseText(text);
  const reading = { calls: callsIn(blocks, mentioned), mentioned, myId };
  return (
    <div className={isEmojiOnly(text) ? 'rich rich-large' : 'rich'} dir="auto">
      <Blocks blocks={blocks} reading={reading} after={after} />
    </div>
  );
});

function Blocks({ blocks, reading, after }: { blocks: readonly Block[]; reading: Reading; after?: ReactNode }) {
  const last = blocks.at(-1);
  const standsInLine = last?.kind === 'paragraph' || last?.kind === 'heading';
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} reading={reading} after={standsInLine && block === last ? after : null} />
      ))}
      {standsInLine ? null : after}
    </>
  );
}

function BlockView({ block, reading, after }: { block: Block; reading: Reading; after: ReactNode }) {
  switch (block.kind) {
    case 'code':
      return <CodeBlock text={block.text} language={block.language} />;
    case 'rule':
      return <hr className="rich-rule" />;
    case 'quote':
      return (
        <blockquote className="rich-quote">
          <Blocks blocks={block.blocks} reading={reading} />
        </blockquote>
      );
    case 'list':
      return <ListView ordered={block.ordered} items={block.items} reading={reading} />;
    case 'table':
      return <TableView table={block} reading={reading} />;
    case 'heading':
    case 'paragraph':
      return (
        <p className={block.kind === 'heading' ? 'rich-heading' : undefined}>
          <Inlines nodes={block.children} reading={reading} />
          {after}
        </p>
      );
  }
}

function ListView({ ordered, items, reading }: { ordered: boolean; items: readonly Item[]; reading: Reading }) {
  const shown = items.map(({ value, done, blocks }, index) => (
    <li key={index} value={value ?? undefined} className={done === null ? undefined : 'rich-task'}>
      {done === null ? null : <input type="checkbox" checked={done} disabled />}
      <Blocks blocks={blocks} reading={reading} />
    </li>
  ));
  return ordered ? <ol className="rich-list">{shown}</ol> : <ul className="rich-list">{shown}</ul>;
}

function TableView({ table: { columns, head, rows }, reading }: { table: Table; reading: Reading }) {
  const alignment = (index: number) => ({ 'data-align': columns[index] ?? undefined });
  return (
    <div className="rich-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" {...alignment(index)}>
                <Inlines nodes={cell} reading={reading} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            <tr key={number}>
              {row.map((cell, index) => (
                <td key={index} {...alignment(index)}>
                  <Inlines nodes={cell} reading={reading} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Inlines = ({ nodes, reading }: { nodes: readonly Inline[]; reading: Reading }): ReactNode =>
  nodes.map((node, index) => <InlineView key={index} node={node} reading={reading} />);

function InlineView({ node, reading }: { node: Inline; reading: Reading }): ReactNode {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'code') return <code className="rich-code">{node.text}</code>;
  if (node.kind === 'mention') return <MentionView node={node} reading={reading} />;
  const children = <Inlines nodes={node.children} reading={reading} />;
  switch (node.kind) {
    case 'bold':
      return <strong>{children}</strong>;
    case 'italic':
      return <em>{children}</em>;
    case 'strike':
      return <s>{children}</s>;
    case 'spoiler':
      return <Spoiler>{children}</Spoiler>;
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {children}
          {node.host === null ? null : ` (${node.host})`}
        </a>
      );
  }
}

function MentionView({ node, reading: { calls, mentioned, myId } }: { node: Mention; reading: Reading }) {
  const call = calls.get(node);
  if (!call) return node.text;
  const person = mentioned.find(({ id }) => id === call.id);
  const isMe = isCalled(myId, call, mentioned);
  return (
    <>
      <span
        className={isMe ? 'mention mention-me' : 'mention'}
        {...(person ? { 'data-person': person.id, role: 'button', tabIndex: 0 } : {})}
      >
        {person?.name === undefined ? node.text.slice(0, call.length) : `@${person.name}`}
      </span>
      {node.text.slice(call.length)}
    </>
  );
}
