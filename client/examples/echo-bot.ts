import { connect } from '../index.ts';

const { CONFAB_URL: url = 'http://localhost:3000', CONFAB_LOGIN: login = '', CONFAB_PASSWORD: password = '' } = process.env;

const bot = await connect({ url, login, password });

bot.on('message', ({ conversationId, text }) => {
  if (text) bot.conversation(conversationId).send({ text: `You said: ${text}` });
});
