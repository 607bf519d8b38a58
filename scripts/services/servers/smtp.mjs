import { join } from 'node:path';
import { npmPackages } from '../install.mjs';
import { recipes } from '../places.mjs';
import { answersWith } from '../probe.mjs';

/** Takes every letter, delivers none, and shows what it took over HTTP. */
export const smtp = {
  name: 'smtp',
  ports: { main: 25, inbox: 26 },
  async prepare() {
    await packages();
  },
  async processes({ ports }) {
    return [
      {
        label: 'node',
        command: process.execPath,
        args: [join(recipes, 'smtp', 'sink.mjs'), String(ports.main), String(ports.inbox), await packages()],
      },
    ];
  },
  isReady: ({ ports }) => answersWith(ports.main, null, (received) => received.toString().startsWith('220')),
  variables: ({ ports }) => ({ SMTP_URL: `smtp://127.0.0.1:${ports.main}`, SMTP_INBOX_URL: `http://127.0.0.1:${ports.inbox}` }),
};

const packages = () => npmPackages('smtp', { 'smtp-server': '3.21.6', mailparser: '3.14.2' });
