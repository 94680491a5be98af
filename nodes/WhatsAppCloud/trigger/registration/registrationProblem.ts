import { GraphApiError, NoAnswerError } from '../../graph/errors/errors';
import { isPublicHttps } from './callbackAddress';
import { whereToFind } from '../../graph/credential/whereToFind';
import { Problem } from '../../values/problem';

/** "Callback verification failed": Meta called the address and did not get its challenge back. */
const CALLBACK_NOT_VERIFIED = 2200;

/** A registration step that failed, and what to do about it. */
export class RegistrationProblem extends Problem {
	override name = 'RegistrationProblem';
}

/**
 * Runs one step; a refusal becomes a problem that names the step.
 *
 * @param step Completes the sentence "Meta refused to …".
 * @param callbackUrl The address Meta calls in this step, if any.
 * @throws RegistrationProblem
 */
export async function registrationStep<Result>(
	step: string,
	run: () => Promise<Result>,
	callbackUrl?: string,
): Promise<Result> {
	const outcome = await run().then(
		(result) => ({ result }),
		(error: unknown) => ({ problem: problemOf(step, error, callbackUrl) }),
	);
	if ('problem' in outcome) throw outcome.problem;
	return outcome.result;
}

function problemOf(step: string, error: unknown, callbackUrl?: string): RegistrationProblem {
	if (error instanceof GraphApiError) {
		const details = error.details === '' ? '' : ` ${error.details}`;
		return new RegistrationProblem(
			`Meta refused to ${step}: ${error.message}${details} (code ${error.code})`,
			error.code === CALLBACK_NOT_VERIFIED && callbackUrl !== undefined
				? callbackAdvice(callbackUrl)
				: error.advice,
		);
	}
	const reason = error instanceof Error ? error.message : 'unknown error';
	return new RegistrationProblem(
		`Could not ask Meta to ${step}: ${reason}`,
		error instanceof NoAnswerError
			? 'Check the network of n8n, a proxy, and Graph Base URL in the credential, then try again.'
			: 'Try again.',
	);
}

function callbackAdvice(callbackUrl: string): string {
	if (!isPublicHttps(callbackUrl)) {
		return `Meta calls ${callbackUrl} from the internet and takes public https addresses only. Set WEBHOOK_URL of n8n to its public address, for example that of a tunnel or reverse proxy.`;
	}
	return `Meta has called ${callbackUrl} and did not get the right answer. Check that this address reaches n8n from the internet, that nothing in front of it (a login, a firewall) answers instead, and that the verify token of the credential did not change meanwhile.`;
}

const WHERE: Readonly<Record<string, string>> = {
	'App ID': `Copy it from ${whereToFind['App ID']} into the credential.`,
	'App Secret': `Without it nobody can tell webhooks of Meta from forged ones, so the trigger does not start. Copy it from ${whereToFind['App Secret']} into the credential.`,
	'Default Phone Number ID': `Pick a phone number in the trigger, or copy the ID from ${whereToFind['Default Phone Number ID']} into the credential.`,
	'Verify Token':
		'Meta sends it when you register the callback URL. Make up a long random text, put it into the credential and paste the same text at Meta beside the callback URL.',
	'WhatsApp Business Account ID': `Copy it from ${whereToFind['WhatsApp Business Account ID']} into the credential.`,
};

/** An empty field of the credential, by its name in the editor. */
export function missing(part: string): RegistrationProblem {
	return new RegistrationProblem(`In the credential, ${part} is empty`, WHERE[part] ?? '');
}
