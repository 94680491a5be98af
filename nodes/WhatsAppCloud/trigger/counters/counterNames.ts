import { expiredCounter } from '../../store/triggers/counterStore';

/** Names of the counters, shared with whatever reads them. */
export const counterNames = {
	received: 'webhook:received',
	refused: 'webhook:refused:',
	started: 'webhook:started:',
	repeated: 'webhook:repeated:',
	filtered: 'webhook:filtered:',
	expired: expiredCounter,
	missed: 'webhook:missed:',
	/** Taps on questions that were answered before, are over, or are somebody else's. */
	lateTaps: 'webhook:lateTaps',
	handOverFailed: 'webhook:handOverFailed:',
	/** What became of webhooks for addresses outside: `delivered:chat.example.com`. */
	forwards: 'webhook:forwards:',
} as const;

export interface Count {
	name: string;
	by: number;
	detail: string | null;
}
