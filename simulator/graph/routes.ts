import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { registerApplications } from './applications.ts';
import { registerBlockUsers } from './block-users.ts';
import { addBodyParsers } from './body-parsers.ts';
import { registerBusinessAccounts } from './business-accounts.ts';
import { registerBusinessProfile } from './business-profile.ts';
import { registerCatalogs } from './catalogs.ts';
import { registerCalls } from './calls/calls.ts';
import { registerFlows } from './flows/flows.ts';
import { acceptForms } from './forms.ts';
import { registerGroups } from './groups/groups.ts';
import { addGraphHooks } from './hooks.ts';
import { registerMedia } from './media.ts';
import { registerMessages } from './messages.ts';
import { registerAutomation } from './numbers/automation.ts';
import { registerCommerceSettings } from './numbers/commerce-settings.ts';
import { registerMessageLinks } from './numbers/message-links.ts';
import { registerNumberLifecycle } from './numbers/number-lifecycle.ts';
import { registerUsernames } from './numbers/usernames.ts';
import { registerNodes } from './nodes.ts';
import { registerPhoneNumbers } from './phone-numbers.ts';
import { registerSubscriptions } from './subscriptions.ts';
import { registerTemplates } from './templates/routes.ts';
import { registerTokens } from './tokens.ts';
import { registerUploads } from './uploads.ts';
import { unknownPath } from './version.ts';

/** Meta's side: https://developers.facebook.com/docs/whatsapp/cloud-api/reference */
export async function registerGraph(app: FastifyInstance, simulator: Simulator): Promise<void> {
	addBodyParsers(app);
	addGraphHooks(app, simulator);
	await acceptForms(app);
	await app.register(async (scope) => registerUploads(scope, simulator));
	registerMedia(app, simulator);
	registerMessages(app, simulator);
	registerPhoneNumbers(app, simulator);
	registerNumberLifecycle(app, simulator);
	registerAutomation(app, simulator);
	registerMessageLinks(app, simulator);
	registerUsernames(app, simulator);
	registerCommerceSettings(app, simulator);
	registerTemplates(app, simulator);
	registerSubscriptions(app, simulator);
	registerTokens(app, simulator);
	registerApplications(app, simulator);
	registerBusinessAccounts(app, simulator);
	registerBusinessProfile(app, simulator);
	registerBlockUsers(app, simulator);
	registerCatalogs(app, simulator);
	registerFlows(app, simulator);
	registerCalls(app, simulator);
	registerGroups(app, simulator);
	registerNodes(app, simulator);
	app.setNotFoundHandler((request) => {
		throw unknownPath(request.url);
	});
}
