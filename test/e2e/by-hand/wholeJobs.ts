import { waitForRegistration } from '../../../scripts/host/simulator-process.ts';
import { testAccount } from '../../../scripts/host/test-account.ts';
import type { Desk } from './desk.ts';
import type { Phone } from './phone.ts';

/** What a job is done with. */
interface Place {
	desk: Desk;
	phone: Phone;
	/** Without a trailing slash. */
	simulatorUrl: string;
}

/** A workflow that somebody builds in the editor from nothing, and sees at work. */
interface WholeJob {
	name: string;
	/** @throws Error where the editor or the package does not do what a person expects */
	build: (place: Place) => Promise<void>;
}

const ben = '15550200002';
const node = 'WhatsApp Cloud';

/** Whoever writes gets two buttons; a tap on the first gets the hours. Makes the credential, too. */
const autoresponder: WholeJob = {
	name: 'an autoresponder with buttons',
	async build({ desk, phone, simulatorUrl }) {
		const { hand } = desk;
		const { accessToken, phoneNumberId, businessAccountId, appId, appSecret } = testAccount;
		await desk.begin('whatsapp cloud', node, 'On message');
		await desk.createCredential({
			accessToken,
			phoneNumberId,
			businessAccountId,
			appId,
			appSecret,
			graphBaseUrl: simulatorUrl,
		});
		await desk.close();

		await desk.add('if', 'If');
		await hand.express('filter-condition-left', '{{ $json.replyId }}');
		await hand.type('filter-condition-right', 'Hours');
		await desk.close();

		await desk.add('whatsapp cloud', node, 'Send text message');
		await hand.express('recipient', '{{ $json.from }}');
		await hand.type('text', 'We are open from 9 to 5.');
		await desk.close();

		await desk.add('whatsapp cloud', node, 'Send buttons, list or Flow');
		await hand.express('recipient', '{{ $json.from }}');
		await hand.type('body', 'Hello! What would you like to know?');
		for (const title of ['Hours', 'Prices']) {
			await hand.add('Add Button');
			await hand.type('title', title);
		}
		await desk.close();
		await desk.publish();
		// n8n publishes on after its editor has said so.
		await waitForRegistration(simulatorUrl);

		await phone.write(ben, 'Hi');
		const question = await phone.next(ben, 'interactive');
		await phone.tap(ben, question, 'Hours');
		await phone.next(ben, 'text', 'We are open from 9 to 5.');
	},
};

/** A shop posts an order; its customer, whose number has no country code, gets a template. */
const orderUpdate: WholeJob = {
	name: 'an order update from a webhook',
	async build({ desk, phone }) {
		const { hand } = desk;
		await desk.begin('webhook', 'Webhook');
		await hand.choose('httpMethod', 'POST');
		await desk.tryWebhook({ customer: 'Ben', order: 'A-1001', phone: '(555) 020-0002' });
		await desk.close();

		await desk.add('whatsapp cloud', node, 'Send template message');
		await hand.express('recipient', '{{ $json.body.phone }}');
		await hand.pick('template', 'order_update');
		await hand.type('header.image', 'https://luckyshrub.example/parcel.jpg');
		await hand.express('body.1', '{{ $json.body.customer }}');
		await hand.express('body.2', '{{ $json.body.order }}');
		await hand.express('button.2.url', '{{ $json.body.order }}');
		await desk.execute();
		// The number has no country code, and the credential no default country: the error says so.
		await desk.reads('has no country code', 'set Default Country in the credential');
		await desk.changeCredential({ defaultCountry: 'US' });
		await desk.execute();
		await phone.next(ben, 'template');
		await desk.close();
	},
};

/** Everybody in a sheet gets a template: first a preview, then the messages, then the report. */
const campaign: WholeJob = {
	name: 'a campaign from a sheet',
	async build({ desk, phone }) {
		const { hand } = desk;
		await desk.beginByClick();
		// Stands for the sheet: a node such as Google Sheets gives an item for each row, too.
		await desk.add('code', 'Code', 'Code in JavaScript');
		await desk.writeCode(
			"return [{ phone: '+1 555 020 0001', name: 'Ana', shop: 'London' }, { phone: '+1 555 020 0003', name: 'Clara', shop: 'Berlin' }];",
		);
		await desk.execute();
		await desk.close();

		await desk.add('whatsapp cloud', node, 'Send template message');
		await hand.express('recipient', '{{ $json.phone }}');
		await hand.pick('template', 'spring_sale');
		await hand.express('body.name', '{{ $json.name }}');
		await hand.express('body.shop', '{{ $json.shop }}');
		await hand.addOption('Preview Only');
		await desk.execute();
		await desk.reads('spring has come to London');
		await hand.turn('previewOnly');
		await desk.execute();
		for (const waId of ['15550200001', '15550200003']) await phone.next(waId, 'template');
		await desk.close();

		await desk.add('whatsapp cloud', node, 'Get delivery report');
		await desk.execute();
		await desk.reads('sent');
		await desk.close();
	},
};

export const wholeJobs: readonly WholeJob[] = [autoresponder, orderUpdate, campaign];
