/** Names of the user's own machine: browsers let an https page call these without TLS (contract §1.3). */
const LOCAL = /^(localhost|[\w.-]+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])$/i;

/** The host of a plain-http or plain-ws URL that Workspace, being served over https, cannot call; else undefined. */
export function insecureHost(url: string): string | undefined {
  const host = /^(?:http|ws):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url)?.[1];
  return host === undefined || host === "" || LOCAL.test(host) ? undefined : host;
}
