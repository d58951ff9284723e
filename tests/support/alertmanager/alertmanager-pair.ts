import { untilTrue } from '../app/until.js';
import { freePort, quickConfig, runAlertmanager, type Alertmanager } from './alertmanager.js';

/** How long the second of a pair waits for the first to tell that it sent a notification; Alertmanager's own is 15 s. */
const PEER_TIMEOUT = '300ms';

/**
 * Two real Alertmanagers that gossip over the loopback, each before a webhook of its own. They have met when this
 * resolves; until then each would take itself for the first of the two.
 */
export async function startAlertmanagerPair(
  webhookUrls: readonly [string, string],
  receiver: string,
): Promise<readonly [Alertmanager, Alertmanager]> {
  const [one, other] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const running: Alertmanager[] = [];
  const start = async (webhookUrl: string, flags: readonly string[]): Promise<Alertmanager> => {
    const alertmanager = await runAlertmanager({ config: quickConfig({ webhookUrl, receiver }), flags });
    running.push(alertmanager);
    return alertmanager;
  };
  try {
    const first = await start(webhookUrls[0], gossip(one));
    const second = await start(webhookUrls[1], [...gossip(other), `--cluster.peer=${one}`]);
    await untilTrue('the two Alertmanagers have met', () => haveMet(running));
    return [first, second];
  } catch (error) {
    for (const alertmanager of running) await alertmanager.dispose();
    throw error;
  }
}

async function haveMet(pair: readonly Alertmanager[]): Promise<boolean> {
  const statuses = await Promise.all(pair.map((one) => one.status()));
  return statuses.every(({ cluster }) => cluster.status === 'ready' && cluster.peers?.length === pair.length);
}

function gossip(address: string): readonly string[] {
  return [
    `--cluster.listen-address=${address}`,
    `--cluster.advertise-address=${address}`,
    `--cluster.peer-timeout=${PEER_TIMEOUT}`,
    '--cluster.gossip-interval=20ms', // it settles in the time of some ten of them, and sends nothing before
  ];
}
