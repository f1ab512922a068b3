// Published example credentials, by the first 16 hex digits of SHA-256 of the value. Never the value itself.

export const KNOWN_EXAMPLES: ReadonlySet<string> = new Set([
  '1a5d44a2dca19669', // AWS documentation: access key id
  '78314b11be2e5815', // AWS documentation: secret access key
  'c6ea27c534f993d3', // AWS documentation: second access key id
  'e21b597ba6b9cafa', // AWS documentation: second secret access key
  '2cafc0970149a84f', // Stripe documentation: test secret key
  'f2d6ca16515033e5', // Stripe documentation: older test secret key
  'b1471f544ceeea31', // Stripe documentation: test publishable key
  '7e8de44ea9ecf6d5', // Stripe documentation: test secret key of the API reference
  '7f75367e78812551', // jwt.io: sample token of the debugger
  'c794fa6d20c64efb', // jwt.io: sample token of the new debugger
  'da816f9f2c16e6c5', // jwt.io: sample token of the first debugger (secret is the word "secret")
  '8d4ef6536dc8895f', // RFC 7515 A.1 and RFC 7519: sample token
  '8b1b17a9740c068a', // RFC 7515 A.1: symmetric key of the sample token
  'bf1725a8f98bea37', // Supabase local development: anon key
  '70541e07fd4f900b', // Supabase local development: service_role key
  '0011cc25eb432071', // Azure Storage emulator: account key of devstoreaccount1
  'aa6547439583c3a2', // Azure Cosmos DB emulator: account key
  '9c846fdf0fa8955c', // Mailgun documentation: API key
  '3543c50b0cb9cea8', // GitHub documentation: sample body after ghp_
  'bc3ae723f57c6b9e', // GitHub documentation: sample body after gho_
  '82e74299544e0073', // GitHub documentation: sample body after ghu_
  '797c0ce414586cc8', // GitHub documentation: sample body after ghs_
  '6d7fa4e64d4b1f3e', // GitHub documentation: sample refresh token
  'b8e148545b13c78b', // RFC 6750: sample bearer token
  'cf4d418ed3de92d7', // RFC 7617: sample Basic credentials
  'e4da07ad200089ce', // documentation: Basic credentials "username:password"
  'bdfeaef44475711c', // documentation: Basic credentials "user:password"
  '0e9d220616f08345', // documentation: Basic credentials "user:pass"
  '12d8d9ea56a1acfb', // documentation: Basic credentials "admin:admin"
  'fe97449352b1d67c', // documentation: Basic credentials "foo:bar"
  '412a54cd6f4c7f28', // MongoDB documentation: password of the connection string
  'd179a5dc9a45dfa9', // MongoDB documentation: the same, decoded
  'f1fe33389a1316b9', // MongoDB documentation: password
  'ad9858116e63b0c5', // MinIO: default password of local servers
  '94aefb8be78b2b7c', // PostgreSQL and MySQL images: password of the README
  'a075d17f3d453073', // documentation: password
  '8f0e2f76e22b43e2', // documentation: password
  '6c96130f130ab0d6', // RFC 6749: sample access token
  '00cf4c781dc37003', // RFC 6749: sample refresh token
  'a35b81a7d7927b70', // RFC 6749: sample authorization code
  'e9974c507d2a8021', // RFC 6749: sample client secret
  'ca7459e2b26776de', // RFC 6749: sample Basic credentials
  '53f5da0aaa93d64c', // RFC 6749: the password in them
  'a71b359a87afde13', // RFC 6749: sample MAC key id
  '13d31e961a1ad8ec', // RFC 7636: sample code verifier
  '0d299b1eb548708d', // RFC 7636: sample code challenge
  '4c20e6f5cc11b937', // RFC 5849: sample token
  '6aa14267d94944e6', // RFC 5849: sample token secret
  '2ff8b0fb93aca981', // RFC 5849: sample token
  'bb9b1163338b2a51', // RFC 5849: sample token
  '649e1f5c769e718b', // RFC 5849: sample token secret
  'cb87c87e4a138d9a', // RFC 5849: sample client secret
  '9d03b692e941d5ac', // OAuth core: sample token
  'bc1a50966c9e6486', // Hardhat, Anvil, Foundry: private key of account 0
  '60a09e4357868c1e', // the same with 0x
  '8335c55334821eef', // Hardhat, Anvil, Foundry: private key of account 1
  '095101cf732c298a', // the same with 0x
  'b26ab6529d20ebeb', // Hardhat, Anvil, Foundry: private key of account 2
  'bb4978fbe7638de8', // the same with 0x
  '64034b44c579b335', // Hardhat, Anvil, Foundry: private key of account 3
  'f02322197a196ceb', // the same with 0x
  '4d3e46eec8244d1d', // Hardhat, Anvil, Foundry: private key of account 4
  '5de22089c247b9b2', // the same with 0x
  '0aedba9d586f34f9', // Hardhat, Anvil, Foundry: private key of account 5
  '59feecfa04eb096b', // the same with 0x
  '28e543d3753fc9d1', // Hardhat, Anvil, Foundry: private key of account 6
  'b69d88ff1ad5834a', // the same with 0x
  'f070994a85994785', // Hardhat, Anvil, Foundry: private key of account 7
  'b6b9ee08c38f62da', // the same with 0x
  '38e69fdd19aefeb4', // Hardhat, Anvil, Foundry: private key of account 8
  'be394de37f9d6cf6', // the same with 0x
  '967f21586cdf1248', // Hardhat, Anvil, Foundry: private key of account 9
  'dd0102d1cd0c6ac7', // the same with 0x
  '0b33e0132123e78d', // Hardhat, Anvil, Foundry: private key of account 10
  'bc695e76adbd4ba5', // the same with 0x
  '84bc109b3d59b017', // Hardhat, Anvil, Foundry: private key of account 11
  'f08cf7b46c09669b', // the same with 0x
  '85bde548053aab4b', // Hardhat, Anvil, Foundry: private key of account 12
  '7112de5abbaaf618', // the same with 0x
  'f1513114f60e5e95', // Hardhat, Anvil, Foundry: private key of account 13
  'c9af1927cd58e92d', // the same with 0x
  '5330d388af894c9e', // Hardhat, Anvil, Foundry: private key of account 14
  '9ebbe88c52f86818', // the same with 0x
  'a2e06155cb1a424f', // Hardhat, Anvil, Foundry: private key of account 15
  '9794bae81f0d5dd2', // the same with 0x
  '4a67d7a0d8a16d6d', // Hardhat, Anvil, Foundry: private key of account 16
  '89fdd4bd49fc0e2a', // the same with 0x
  'b08bdfde9930d920', // Hardhat, Anvil, Foundry: private key of account 17
  '97bc0c40d645cfaa', // the same with 0x
  'cf1fc66f853151a4', // Hardhat, Anvil, Foundry: private key of account 18
  '609101d4dd3170f5', // the same with 0x
  '100546a8b020a55a', // Hardhat, Anvil, Foundry: private key of account 19
  '7d2c370c3a5748fa', // the same with 0x
  '787a1c943ea935da', // OpenAI API reference: ephemeral realtime key
  '577cfe66bf6c95dd', // AWS API models (botocore): SAS token of the DataSync documentation
  'f4187ad2496a8677', // AWS API models (botocore): verification token of the SES documentation
  'ef727844df9fa336', // AWS API models (botocore): token of the SNS documentation
  '04d74b634ecdbb5f', // AWS API models (botocore): Google API key of the SNS documentation
  '05b4867153eaa133', // AWS API models (botocore): access key id of the SNS documentation
  'bf4059130f2e20e4', // AWS API models (botocore): identity token of the STS documentation
  '6caa448826c11cd3', // AWS API models (botocore): password of the IAM documentation
  'e6c2d3455587c47c', // AWS API models (botocore): password of the IAM documentation
  'd8ccc3c547c85017', // AWS API models (botocore): password of the IAM documentation
  'e9e73c5dbae4e48e', // AWS API models (botocore): password of the Secrets Manager documentation
  'a9ecc465cf1159ae', // AWS API models (botocore): password of the Secrets Manager documentation
  'b2761ff991a7eb52', // AWS API models (botocore): password of the Secrets Manager documentation
  'd4e1077ad28d129d', // OpenAI's SDKs: webhook secret of their tests
  '731fa294d036e54f', // Telegram documentation: bot token
])
