// The heads of published lists of leaked passwords, cut to those of eight characters and more: shorter ones are refused anyway.
const heads = `password passw0rd password1 password12 password123 password1234 12345678 123456789 1234567890 0123456789 987654321
9876543210 87654321 11111111 111111111 1111111111 00000000 000000000 12341234 12121212 123123123 123321123 1q2w3e4r 1q2w3e4r5t
1qaz2wsx 1qazxsw2 qwertyui qwertyuiop qwerty123 qwerty12 qwerty1234 qwer1234 qweasdzxc asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1
zxcvbnm123 zaq12wsx zaq1zaq1 q1w2e3r4 q1w2e3r4t5 a1b2c3d4 abcd1234 abc12345 abcdefgh abcdefghi aa123456 a12345678 a123456789 iloveyou
iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football football1 baseball baseball1 basketball superman superman1 batman123
trustno1 starwars starwars1 whatever computer internet michelle jennifer jessica1 victoria samantha elizabeth alexander benjamin
charlie1 chocolate butterfly liverpool chelsea1 arsenal1 manchester barcelona realmadrid mercedes corvette mustang1 ferrari1 midnight
dolphins scorpion shadow123 dragon123 monkey123 master123 hello123 welcome1 welcome12 welcome123 letmein1 letmein123 changeme
changeme1 changeme123 admin123 admin1234 administrator root1234 rootroot toor1234 test1234 testtest test12345 guest123 default1
secret123 p@ssw0rd p@ssword passwort passwort1 kennwort qwertz123 hallo123 motdepasse azerty123 azertyui contraseña password! passw0rd!
password1! password123! welcome1! zxcvbnm,./ !qaz2wsx 1234qwer 123qweasd 123456qwerty 12345qwert qazwsxedc qazwsx123 159753456 147258369
789456123 741852963 963852741 321321321 123654789 112233445566 11223344 12344321 13131313 22222222 33333333 44444444 55555555 66666666
77777777 88888888 99999999 99887766 asdasdasd asdqwe123 qwe123qwe йцукенгш йцукен123 пароль123 пароль12 любовь123 qwerty123456
confab12 confab123 messenger spiderman pokemon1 naruto123 minecraft google123 facebook linkedin twitter1 instagram snowball jordan23
michael1 jordan123 november december september fuckyou1 fuckyou2 loveme123 babygirl iloveme1 lovelove freedom1 ashley12 daniel12
blink182 slipknot metallica metallica1 nirvana1 rockstar cheese12 cookie12 pepper12 ginger12 summer12 summer123 winter12 winter123
spring12 autumn12 monday12 friday12 sunday12 january1 february october1`;

// Words that people put a year or some marks behind.
const words = `pass passwd password passwort login welcome admin user guest root test demo hello hallo bonjour secret default master qwert qwerty
qwertz azerty asdf asdfgh zxcv zxcvbn abcd abcde abcdef love lover angel killer hunter soccer hockey tigger summer winter spring autumn monday
tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
company office chat team confab messenger пароль привет любовь йцукен наташа максим весна лето осень зима`;

const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const common = new Set(heads.split(/\s+/));
const commonWords = new Set([
  ...words.split(/\s+/),
  ...[...common].map((head) => letters(withoutTail(head))).filter((word) => /^\p{L}{4,}$/u.test(word)),
]);

/** Whether a lower-case password stands at the head of the leaked lists, or is one of their words dressed up: `P@ssw0rd2026!`. */
export const isCommon = (password: string): boolean =>
  common.has(password) || common.has(password.slice(0, -1)) || commonWords.has(letters(withoutTail(password)));

/** Without the digits and marks that a rule or a habit put at the end. */
export function withoutTail(password: string): string {
  return password.replace(/[^\p{L}]{1,6}$/u, '');
}

function letters(word: string): string {
  return word.replace(/[013457@$!]/g, (mark) => lookalikes[mark] ?? mark);
}
