import { filled } from './filledForm';
import type { Category } from '../../../../nodes/WhatsAppCloud/templates/creation/definition';

describe('problems name the field', () => {
	test.each<[Record<string, unknown>, Category, string]>([
		[{}, 'UTILITY', 'Body Text is empty'],
		[{ bodyText: 'Dear {1}.' }, 'UTILITY', 'Body Samples lacks a value for {{1}}'],
		[{ bodyText: 'a', headerFormat: 'TEXT' }, 'UTILITY', 'Header Text is empty'],
		[
			{ bodyText: 'a', headerFormat: 'TEXT', headerText: 'A {1}' },
			'UTILITY',
			'Header Sample lacks a value for {{1}}',
		],
		[{ bodyText: 'a', headerFormat: 'GIF' }, 'UTILITY', 'Header can be GIF in marketing'],
		[
			{ bodyText: 'a', headerFormat: 'IMAGE', headerFileFrom: 'handle' },
			'UTILITY',
			'Upload Handle is',
		],
		[{ bodyText: 'a', footerText: 'a {1}' }, 'UTILITY', 'Footer has the variable {{1}}'],
		[
			{ bodyText: 'a', buttons: [{ type: 'url', text: 'a', url: 'https://a.b/{1}' }] },
			'UTILITY',
			'Buttons › Button 1 › URL Sample is missing',
		],
		[
			{ bodyText: 'a', buttons: [{ type: 'copy_code' }] },
			'UTILITY',
			'Buttons › Button 1 › Code Sample is missing',
		],
		[
			{ bodyText: 'a', buttons: [{ type: 'link' }] },
			'UTILITY',
			'Buttons › Button 1 › Type must be one of Quick Reply (quick_reply)',
		],
		[
			{ bodyText: 'a', buttons: [{ type: 'quick_reply', titel: 'a' }] },
			'UTILITY',
			'Buttons › Button 1 › titel is not known here',
		],
		[
			{ bodyText: 'a', bodySamples: [{ variable: '1' }] },
			'UTILITY',
			'Body Samples › Sample 1 › Sample Value is empty',
		],
		[
			{ layout: 'carousel', bodyText: 'a', cards: [{ bodyText: 'b' }] },
			'MARKETING',
			'Cards must have from 2 to 10',
		],
		[
			{
				layout: 'carousel',
				bodyText: 'a',
				cards: [{ bodyText: 'Now {1}.', buttons: [{ text: 'a' }] }, {}],
			},
			'MARKETING',
			'Cards › Card 1 › Text Samples lacks a value for {{1}}',
		],
		[
			{ layout: 'offer', bodyText: 'a', headerFormat: 'VIDEO', offerText: 'x'.repeat(17) },
			'MARKETING',
			'Offer Text can have at most 16',
		],
		[
			{ layout: 'offer', bodyText: 'a', offerText: 'x' },
			'UTILITY',
			'Offer Text is for marketing templates only',
		],
		[{ otpType: 'ONE_TAP' }, 'AUTHENTICATION', 'Apps must have from 1 to 5 apps'],
		[
			{ otpType: 'ONE_TAP', apps: [{ packageName: 'com.a.b', signatureHash: 'x' }] },
			'AUTHENTICATION',
			'Apps › App 1 › Signature Hash must have 11',
		],
		[{ otpText: 'x'.repeat(26) }, 'AUTHENTICATION', 'Copy Label can have at most 25'],
		[
			{ codeExpirationMinutes: 91 },
			'AUTHENTICATION',
			'Code Expires After must be from 1 to 90 minutes',
		],
	])('%j (%s) → %s', (values, category, problem) => {
		expect(filled(values, category).problems.join('\n')).toContain(problem);
	});
});
