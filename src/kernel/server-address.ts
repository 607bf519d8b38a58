/** The address of a server without user, password and settings, for people and logs. A password may hold a slash that nobody encoded. */
export const withoutSecrets = (url: string): string => url.replace(/^([\w+]+:\/\/)[^?]*@/, '$1').replace(/\?.*$/, '');
