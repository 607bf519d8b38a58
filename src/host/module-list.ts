// Generated from the folders of src/modules by `npm run docs:api`.
export { adminModule } from '../modules/admin/module.ts';
export { authModule } from '../modules/auth/module.ts';
export { chatModule } from '../modules/chat/module.ts';
export { mediaModule } from '../modules/media/module.ts';
export { notificationsModule } from '../modules/notifications/module.ts';
export { presenceModule } from '../modules/presence/module.ts';
