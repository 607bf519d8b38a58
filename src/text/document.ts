/** What a message's text reads as. Nothing in it is HTML, and each piece of the text is in it once. */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'spoiler'; readonly children: readonly Inline[] }
  | Link
  | Mention;

export interface Link {
  readonly kind: 'link';
  /** http, https or mailto. */
  readonly href: string;
  readonly children: readonly Inline[];
  /** Where it leads, when its words name another host or look like one. */
  readonly host: string | null;
}

export interface Mention {
  readonly kind: 'mention';
  readonly text: string;
  /** Usernames that may be meant, in lower case: the longest first, then what stands before a dot, a dash or an underscore. */
  readonly names: readonly string[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: string | null }
  | List
  | Table
  | { readonly kind: 'rule' };

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly Item[];
}

export interface Item {
  /** The number before it, as typed; null in a list without numbers. */
  readonly value: number | null;
  /** Of a task; null for any other item. */
  readonly done: boolean | null;
  readonly blocks: readonly Block[];
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly ('left' | 'center' | 'right' | null)[];
  readonly head: readonly (readonly Inline[])[];
  /** A row may have fewer cells than there are columns. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

export type Document = readonly Block[];
