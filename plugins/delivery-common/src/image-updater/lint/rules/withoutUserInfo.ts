/** The address of a repository without credentials, which findings never show. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}
