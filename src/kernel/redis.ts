/** Redis, where the nodes of a team meet, for those who keep something in it. Calls reject with `unavailable` while it is away. */
export interface RedisClient {
  /** What every key of this team begins with. */
  readonly prefix: string;
  /** Milliseconds that its clock is ahead of the monotonic one of this node: leases and waits of several nodes are kept in its time. */
  readonly skewMs: number;
  /** The connection of the driver, for a library that needs one. */
  readonly commands: object;
  /** Runs one command, such as `ZCARD` with a key. */
  command(name: string, ...values: readonly string[]): Promise<unknown>;
  /** Runs a script, sent whole only where the server does not have it yet. */
  run(script: string, keys: readonly string[], values: readonly string[]): Promise<unknown>;
}
