import type { Channel, ChannelModel, ConfirmChannel, Options } from 'amqplib';

/** A channel whose failure gives the connection up: the next one has everything again. */
export const openChannel = async (connection: ChannelModel): Promise<Channel> => guarded(await connection.createChannel(), connection);

/** One on which the server says what it has taken. */
export const openConfirmChannel = async (connection: ChannelModel): Promise<ConfirmChannel> =>
  guarded(await connection.createConfirmChannel(), connection);

interface ConfirmedPublish {
  readonly exchange: string;
  readonly key: string;
  readonly content: Buffer;
  readonly options: Options.Publish;
}

/** Resolves when the server has taken the message; rejects when it may not have. */
export function confirmed(channel: ConfirmChannel, { exchange, key, content, options }: ConfirmedPublish): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.publish(exchange, key, content, options, (error: unknown) => {
      if (error) reject(error as Error);
      else resolve();
    });
  });
}

const opened = new WeakMap<ChannelModel, Channel[]>();

/** Closes a connection when all that was handed to its channels has arrived: each of them has a way of its own, and they overtake each other. */
export async function closeInOrder(connection: ChannelModel): Promise<void> {
  await Promise.allSettled((opened.get(connection) ?? []).map((channel) => channel.close()));
  await connection.close();
}

function guarded<C extends Channel>(channel: C, connection: ChannelModel): C {
  opened.set(connection, [...(opened.get(connection) ?? []), channel]);
  channel.on('error', () => {
    connection.close().catch(() => undefined);
  });
  return channel;
}
