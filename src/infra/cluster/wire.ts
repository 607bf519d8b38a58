/** Carries messages between the nodes of one team; each node gets every message, its own among them, those of one node in order. */
export interface Wire {
  /** `topics` name what the message is about: a wire may leave out nodes that subscribe to none of them. Rejects when it may not have gone; keeps nothing. */
  send(content: Buffer, topics: readonly string[]): Promise<void>;
  /** Comes back by itself whenever it was cut. */
  open(receive: (content: Buffer) => void): void;
  /** What was sent before still goes. */
  close(): void;
}
