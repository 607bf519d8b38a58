import { isAdmin, userOf } from '../me.ts';
import type { Action } from './action.ts';

export const openAdmin: Action = {
  name: 'app.openAdmin',
  label: 'action.openAdmin',
  icon: 'shield',
  test: ({ client }) => isAdmin(userOf(client)),
  perform: ({ navigation }) => navigation.go({ name: 'admin', section: 'overview' }),
};
