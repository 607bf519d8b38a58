import { textOf } from './files.ts';

/** `allow`, or the code somebody of this kind is refused with. */
type Answers = Readonly<Record<string, string>>;
export interface Row {
  /** Of an operation that is open to all, or that a role in the team alone may call. Any other is for everybody who is signed in, or has no transport. */
  readonly access?: 'public' | 'admin' | 'owner';
  /** By the standing in the conversation, or to the message, that is spoken of. */
  readonly relations?: Answers;
  /** Of a guest of the team, by whether they share a conversation with the person that is spoken of; `left_out`: the answer does not name them. */
  readonly teamGuest?: Answers;
}

/** Who may do what, as a second opinion on the declarations and the policies: operation × relation → answer. */
export const matrix = JSON.parse(textOf('test/arch/access-matrix.json')) as Readonly<Record<string, Row>>;
