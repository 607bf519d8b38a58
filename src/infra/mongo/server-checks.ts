/** Events of the driver about its checks of a server, each with the id of the connection that they are about. */
interface Client {
  on(
    event: 'serverHeartbeatStarted' | 'serverHeartbeatSucceeded' | 'serverHeartbeatFailed',
    listener: (about: { connectionId: string }) => void,
  ): unknown;
}

/**
 * The checks by which the driver finds out whether a server is there. Each ends in bounded time but for a fault of the driver (7.8): a command that is written
 * to a socket in the instant in which that is destroyed waits for ever, and a server whose check waits is never asked again.
 */
export class ServerChecks {
  readonly #begun = new Map<string, number>();

  follow(client: Client): void {
    this.#begun.clear();
    client.on('serverHeartbeatStarted', ({ connectionId }) => this.#begun.set(connectionId, performance.now()));
    for (const event of ['serverHeartbeatSucceeded', 'serverHeartbeatFailed'] as const)
      client.on(event, ({ connectionId }) => this.#begun.delete(connectionId));
  }

  /** Whether a check has been under way for so long. */
  isStuck(forMs: number): boolean {
    const since = performance.now() - forMs;
    return [...this.#begun.values()].some((at) => at < since);
  }
}
