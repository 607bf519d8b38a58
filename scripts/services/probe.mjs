// Asks a server, in its own protocol, whether it is there. A probe never throws: no answer is an answer.
import { get } from 'node:http';
import { connect } from 'node:net';

const patienceMs = 2000;

/** Whether anything listens on the port. */
export const isListening = (port) => answersWith(port, null, () => true);

/** Whether the server says, on its own or to `question`, something that `isAnswer` accepts. */
export function answersWith(port, question, isAnswer) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = Buffer.alloc(0);
    const end = (isThere) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(patienceMs, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => {
      // A port of the range that is handed out may be connected to itself; that is nobody.
      if (socket.localPort === port) return end(false);
      if (question === null && isAnswer(received)) return end(true);
      if (question !== null) socket.write(question);
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (isAnswer(received)) end(true);
    });
  });
}

/** Whether GET on the path gives 200. */
export function isFound(port, path) {
  return new Promise((resolve) => {
    const request = get({ port, path, host: '127.0.0.1', timeout: patienceMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}
