/** A server's address without user, password and settings: for people and logs. */
export const placeOf = (url: string): string => url.replace(/^([\w+]+:\/\/)[^/]*@/, '$1').replace(/\?.*$/, '');
