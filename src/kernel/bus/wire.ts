/** Carries texts between the nodes of one team; each node hears every text, its own among them, those of one node in order. */
export interface Wire {
  /** `topics` name what the text is about: a wire may spare nodes that hear none of them. Rejects when it may not have gone; keeps nothing. */
  send(text: string, topics: readonly string[]): Promise<void>;
  /** Comes back by itself whenever it was cut. */
  open(hear: (text: string) => void): void;
  /** What was sent before still goes. */
  close(): void;
}
