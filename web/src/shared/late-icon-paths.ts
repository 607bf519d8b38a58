// Written by `npm run icons` from Lucide (ISC License, Copyright (c) Lucide Icons and Contributors).
// Part of it derives from Feather (MIT License, Copyright (c) 2013-present Cole Bemis).
export const lateIconPaths = {
  share: 'M12 2v13M0 0m16 6-4-4-4 4M4 12v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8',
  addSquare: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2zM8 12h8M12 8v8',
} as const;
