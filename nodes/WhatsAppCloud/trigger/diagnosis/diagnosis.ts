import type { Account } from '../../graph/account';
import { whereToFind } from '../../graph/credential/whereToFind';
import { isPublicHttps } from '../registration/callbackAddress';
import { bad, good, unknown, type Check, type Counter } from './check';
import { checkLosses } from './losses';
import { checkFurtherFields } from './furtherFields';
import { checkForwards, type ForwardTally } from './forwards';
import { checkQuestions } from './questions';
import { nameOfListener, type KnownListener } from '../listeners/knownListeners';
import type { RefusalCode } from '../../graph/refusals';
import type { Backlog } from '../../store/inbox/inboxStore';
import type { ForwardBacklog } from '../../store/forwards/forwardStore';
import type { QuestionBacklog } from '../../store/questions/questionStore';
import type {
	AppSubscription,
	PhoneNumberCallbacks,
	SubscribedApp,
} from '../../graph/endpoints/subscriptions';

/** A refusal counter with its code; the wording of the reason may change. */
type Refusal = Counter & { code: string };

/** What Meta, the state and the triggers say about an account's webhooks. */
export interface WebhookRoute {
	apps: (SubscribedApp & { isOwn: boolean })[];
	/** The first address that is not `null` applies. `null` without a phone number. */
	callbacks: PhoneNumberCallbacks | null;
	/** The address that applies. */
	effectiveUrl: string | null;
	/** `null` if the credential has no app ID or secret, or the app has no callback. */
	app: AppSubscription | null;
	/** This app's triggers that are published or in a test run; empty without state. */
	listeners: (KnownListener & { backlog: Backlog })[];
	lastEvent: { at: string; what: string | null; count: number } | null;
	refused: Refusal[];
	filtered: Counter[];
	repeated: Counter[];
	started: Counter[];
	handOverFailed: Counter[];
	/** Events that nothing has fetched in time. */
	expired: Counter[];
	/** Webhooks that a trigger has missed since the app secret was changed, and still does. */
	missed: Counter[];
	/** Executions that wait for answers. */
	questions: QuestionBacklog;
	/** Fields that published triggers need beyond their events. */
	furtherFields: readonly string[];
	/** Webhooks that wait for addresses outside. */
	forwards: readonly ForwardBacklog[];
	/** What became of the others, by host. */
	forwarded: readonly ForwardTally[];
	/** Taps on questions that were over; one counter, or none. */
	lateTaps: Counter[];
}

/** What the answers are based on. */
type Findings = WebhookRoute & {
	/** Whether the address belongs to a known trigger or to this n8n. */
	isKnown: boolean;
	/** Whether one of the app's triggers answers at the address; `null` if nobody asked. */
	isAnswered: boolean | null;
	hasState: boolean;
	/** Whether n8n provides expressions only where one is evaluated. */
	hasLazyExpressions: boolean;
	/** The current time by this machine's clock, in milliseconds since 1970. */
	now: number;
};

/**
 * Answers the questions in order, from Meta's side to this one; the first `false` is the likely
 * problem.
 */
export function diagnose(account: Account, found: Findings): Check[] {
	return [
		checkSecret(account),
		checkSubscription(account, found),
		checkFields(found),
		checkAddress(found),
		checkRegistration(found),
		checkAnswer(found),
		checkSignature(found),
		checkLastEvent(found),
		checkExecutions(found),
		checkExpressions(found),
		...checkQuestions(found),
		...checkFurtherFields(found),
		...checkForwards(found),
		...checkLosses(found),
	];
}

function checkSecret({ appSecret }: Account): Check {
	const check = 'App secret in the credential';
	return appSecret === ''
		? bad(
				check,
				'There is none, so that every webhook is refused',
				`Copy it from ${whereToFind['App Secret']}.`,
			)
		: good(check, 'There is one');
}

function checkSubscription({ businessAccountId }: Account, { apps }: Findings): Check {
	const check = 'App subscribed to the business account';
	if (businessAccountId === '') {
		return unknown(check, 'The credential names no business account');
	}
	return apps.some(({ isOwn }) => isOwn)
		? good(check, 'It is')
		: bad(
				check,
				'It is not, so that Meta sends nothing',
				'Publish a trigger with an automatic registration, or use the operation Subscribe.',
			);
}

function checkFields({ app, effectiveUrl }: Findings): Check {
	const check = 'App subscribed to the field "messages"';
	if (app === null) {
		return unknown(check, 'The credential lacks App ID or App Secret, or the app has no callback');
	}
	if (app.fields.includes('messages')) {
		return app.active || effectiveUrl !== app.callbackUrl
			? good(check, 'It is')
			: bad(
					check,
					'It is, but Meta has switched the callback off',
					'Unpublish the trigger and publish it again.',
				);
	}
	return bad(
		check,
		'It is not, so that neither messages nor statuses come',
		'Subscribe to it in the App Dashboard under WhatsApp → Configuration → Webhook fields, or publish a trigger with an automatic registration.',
	);
}

function checkAddress({ effectiveUrl }: Findings): Check {
	const check = 'Public address with https';
	if (effectiveUrl === null) return bad(check, 'No address is registered at Meta', REGISTER);
	return isPublicHttps(effectiveUrl)
		? good(check, effectiveUrl)
		: bad(
				check,
				`${effectiveUrl} cannot be reached from the internet by https`,
				'Set WEBHOOK_URL of n8n to its public address, for example that of a tunnel or reverse proxy.',
			);
}

const REGISTER =
	'Publish a trigger with an automatic registration, or paste its production URL at Meta.';

function checkRegistration({ effectiveUrl, listeners, hasState }: Findings): Check {
	const check = "Meta's registration leads to a trigger";
	if (effectiveUrl === null) return bad(check, 'No address is registered at Meta', REGISTER);
	if (!hasState) return unknown(check, 'The state is off, so that the triggers are not known');
	const listener = listeners.find(({ address }) => address === effectiveUrl);
	if (listener !== undefined) {
		return good(check, nameOfListener(listener));
	}
	return bad(
		check,
		`${effectiveUrl} is no trigger that this credential and state know`,
		listeners.length === 0
			? 'Publish the workflow with the trigger. If it is published, check that its credential has the same app secret and keeps its state in the same place.'
			: 'Unpublish the workflow and publish it again, with "Replace Other Callback" if the address is not needed by anybody else.',
	);
}

function checkAnswer({ effectiveUrl, isAnswered, isKnown }: Findings): Check {
	const check = 'A trigger answers at the address';
	if (isAnswered === null) {
		return effectiveUrl !== null && !isKnown
			? unknown(
					check,
					`${effectiveUrl} was not asked: it is neither of a known trigger nor of this n8n, and would learn the verify token`,
				)
			: unknown(check, 'There is no address or no app secret to ask with');
	}
	return isAnswered
		? good(check, 'It returns the challenge, asked from this n8n')
		: bad(
				check,
				`${effectiveUrl ?? ''} does not answer as a trigger of this app, asked from this n8n`,
				'Check that the workflow is published, that nothing in front of n8n (a login, a firewall) answers instead, and that n8n reaches its own public address.',
			);
}

function checkSignature({ refused, lastEvent, hasState }: Findings): Check {
	const check = 'App secret fits the signatures';
	if (!hasState) return unknown(check, 'The state is off, so that nothing is counted');
	const wanted: RefusalCode = 'wrongSignature';
	const mismatch = refused.find(({ code }) => code === wanted);
	if (mismatch === undefined) {
		return lastEvent === null
			? unknown(check, 'No webhook has come yet')
			: good(check, `Webhooks were verified, the last one at ${lastEvent.at}`);
	}
	const summary = `${mismatch.count} with a signature that does not match, the last one at ${mismatch.lastAt}`;
	return lastEvent !== null && lastEvent.at > mismatch.lastAt
		? good(check, `Webhooks were verified since then; before: ${summary}`)
		: bad(
				check,
				summary,
				`Copy the app secret anew from ${whereToFind['App Secret']}, of the app whose ID the credential has. A proxy that changes bodies does this, too.`,
			);
}

function checkLastEvent({ lastEvent, hasState }: Findings): Check {
	const check = 'Last webhook';
	if (!hasState) return unknown(check, 'The state is off, so that nothing is counted');
	return lastEvent === null
		? unknown(check, 'None has come yet', 'Send a message to the number, then look again.')
		: good(check, `${lastEvent.at}${lastEvent.what === null ? '' : `: ${lastEvent.what}`}`);
}

function checkExecutions({ listeners, hasState, now }: Findings): Check {
	const check = 'Executions start';
	if (!hasState) {
		return unknown(
			check,
			'The state is off, so that webhooks start executions themselves: what n8n had accepted when it is killed is lost, repetitions start again, and only one trigger gets each webhook',
			'Set "Keep State In" in the credential.',
		);
	}
	const published = listeners.filter(({ isTest }) => !isTest);
	const findings = published.map(
		(listener) => `${nameOfListener(listener)}: ${tellBacklog(listener.backlog, now)}`,
	);
	if (findings.length === 0) return unknown(check, 'No trigger is published');
	return published.every(({ backlog }) => backlog.isAlive)
		? good(check, findings.join('; '))
		: bad(
				check,
				findings.join('; '),
				'Unpublish that workflow and publish it again, and look into the log of the n8n process that runs triggers: the only one, or the main process in queue mode. Nothing is lost meanwhile; what waits for a week is dropped. End a listener that is gone with the operation Unsubscribe.',
			);
}

/** Such as `waiting: 3, oldest 2 s, loop alive`. */
export function tellBacklog({ waiting, oldestAt, isAlive }: Backlog, now: number): string {
	const seconds = oldestAt === null ? null : Math.max(Math.round((now - oldestAt) / 1_000), 0);
	const oldest = seconds === null ? [] : [`oldest ${seconds} s`];
	return [`waiting: ${waiting}`, ...oldest, isAlive ? 'loop alive' : 'no loop'].join(', ');
}

function checkExpressions({ hasLazyExpressions }: Findings): Check {
	const check = 'n8n prepares expressions only where they are needed';
	return hasLazyExpressions
		? good(check, 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE is true')
		: unknown(
				check,
				'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE is off in this process, so that n8n prepares an engine for expressions in each webhook, which costs several times what the trigger does',
				'For many webhooks, set it to true in the environment of all processes of n8n. Then a webhook or execution that does evaluate an expression may wait some 80 ms for the engine.',
			);
}
