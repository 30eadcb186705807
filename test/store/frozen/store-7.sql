-- A store as the clerk that first told a Matrix room wrote it: its tables are number 7. Never changed.
CREATE TABLE clerk_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO clerk_migrations VALUES (1,'registers, their lines, what is lawful, intents');
INSERT INTO clerk_migrations VALUES (2,'decisions: their records, numbered in each repository');
INSERT INTO clerk_migrations VALUES (3,'a row a proposal, and how far each repository was read');
INSERT INTO clerk_migrations VALUES (4,'what is due, and which processes are there, where several share the store');
INSERT INTO clerk_migrations VALUES (5,'what the public pages show: repositories, proposals, what happened to them');
INSERT INTO clerk_migrations VALUES (6,'of the pages: what holds a repository, and which edition of each view is kept');
INSERT INTO clerk_migrations VALUES (7,'what was told to a Matrix room of what happened');
CREATE TABLE clerk_registers (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         sequence BIGINT NOT NULL,
         record TEXT NOT NULL,
         PRIMARY KEY (repository, pull)
       );
INSERT INTO clerk_registers VALUES (7,12,5,'{"version":4,"register":{"seq":5,"judgedUpTo":1772452941000,"judged":[{"key":"8ef945208fe0288ef4918733f0dcbc99","at":1772452801000,"by":"#103"},{"key":"8603d227cc4f3c54b20631f0d72116e8","at":1772452865000,"by":"#101"},{"key":"d8bc51292cec98c4dc19fdd016c35d46","at":1772452866000,"by":"#102"},{"key":"0b575ba5592d89cf99ee0d740ed0cb31","at":1772452867000,"by":"#104"},{"key":"345815d7485897663b177f399f694c9c","at":1772452868000,"by":"#105"},{"key":"bbb3596a97d5200b5b88732513fa1ffc","at":1772452869000,"by":"#107"},{"key":"47510c2eb92f9433fd14c2958bba1d28","at":1772452871000},{"key":"adde9cbba4234fa14737dbd7ce1081d7","at":1772452935000,"by":"#104"},{"key":"5ccdda5c3becd46ba54c3070132e9394","at":1772452936000,"by":"#104"},{"key":"255fc7128ebc269f98d8be77cb46ddaa","at":1772452937000,"by":"#105"},{"key":"1bb6f908e734a23db02fa760e3f8a8f6","at":1772452941000,"by":"#104"}],"motion":{"number":1,"disposition":"merge","mover":{"login":"richvdh","id":103},"from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1002","at":1772452801000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","needs":[{"team":"spec-core-team","threshold":{"numerator":3,"denominator":4}}],"decision":"spec change","labels":["proposal"],"ballots":[{"member":{"login":"richvdh","id":103},"team":"spec-core-team","choice":"yes","from":{"via":"motion","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1002","at":1772452801000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"motion"},{"member":{"login":"ara4n","id":101},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1007","at":1772452865000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1007"},{"member":{"login":"erikjohnston","id":102},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1008","at":1772452866000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1008"},{"member":{"login":"dbkr","id":104},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1009","at":1772452867000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1009"},{"member":{"login":"uhoreg","id":105},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1010","at":1772452868000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1010"},{"member":{"login":"turt2live","id":107},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1011","at":1772452869000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1011"}],"fcp":{"state":"running","startedAt":1772452871000,"endsAt":1772884871000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","passed":[{"team":"spec-core-team","threshold":{"numerator":3,"denominator":4}}],"decided":{"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","rosterCommit":"cccccccccccccccccccccccccccccccccccccccc","tallies":[{"team":"spec-core-team","title":"Spec Core Team","need":{"team":"spec-core-team","threshold":{"numerator":3,"denominator":4}},"size":8,"votes":[{"member":{"login":"ara4n","id":101},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1007","cast":{"via":"command","at":1772452865000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"erikjohnston","id":102},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1008","cast":{"via":"command","at":1772452866000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"richvdh","id":103},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1002","cast":{"via":"motion","at":1772452801000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"dbkr","id":104},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1009","cast":{"via":"command","at":1772452867000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"uhoreg","id":105},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1010","cast":{"via":"command","at":1772452868000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"anoadragon453","id":106},"choice":null,"url":null,"cast":null},{"member":{"login":"turt2live","id":107},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1011","cast":{"via":"command","at":1772452869000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"KitsuneRal","id":108},"choice":null,"url":null,"cast":null}]}]}},"end":null},"past":[],"concerns":[{"text":"it leaks","by":{"login":"dbkr","id":104},"at":1772452936000,"url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1018","source":"comment:1018","kind":"spoken","number":1,"motion":1,"resolved":null}],"approvals":[],"heads":[{"commit":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","at":1772452801000}],"pendingReplies":[{"key":"cf54aeb4704b58f257f63496671df897","at":1772452937000,"utterance":"comment:1019","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1019","to":{"login":"uhoreg","id":105},"reactions":["thumbsUp"],"replies":[{"code":"waiver_recorded","said":"waive blocked: words only","gate":"blocked"}]},{"key":"e797f7ec3fd8e656a4ee120f8fe93838","at":1772452941000,"utterance":"comment:1023","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1023","to":{"login":"dbkr","id":104},"reactions":["thumbsUp"],"replies":[]}],"override":null,"correction":null,"takenAway":0,"recovery":null,"lawful":null,"gates":{"labels":[{"label":"blocked","stands":true,"by":{"login":"dbkr","id":104},"at":1772452935000}],"waivers":[{"gate":"blocked","reason":"words only","by":{"login":"uhoreg","id":105},"at":1772452937000,"url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1019","source":"comment:1019","seconds":[{"member":{"login":"dbkr","id":104},"at":1772452941000,"url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1023","teams":["spec-core-team"]}],"motion":1,"granted":1772452941000}],"dependencies":[],"checklist":{"motion":1,"file":"MSC_CHECKLIST.md","commit":"dddddddddddddddddddddddddddddddddddddddd","at":1772452801000,"items":[{"text":"Implementations are linked","depth":0},{"text":"Are its errors specified?","depth":1}],"ticks":[{"item":2,"by":{"login":"dbkr","id":104},"at":1772452941000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]},"implementation":{"links":[{"address":"https://github.com/matrix-org/synapse/pull/1234","by":{"login":"author","id":5001},"at":1772452802000}],"checked":{"by":{"login":"uhoreg","id":105},"at":1772452941000,"url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1009"}}}}}');
CREATE TABLE clerk_transitions (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         sequence BIGINT NOT NULL,
         at BIGINT NOT NULL,
         what TEXT NOT NULL,
         PRIMARY KEY (repository, pull, sequence)
       );
INSERT INTO clerk_transitions VALUES (7,12,4,1772546700000,'motion 1 is proposed');
INSERT INTO clerk_transitions VALUES (7,12,5,1772546800000,'“quoted” \u005cu0041 and a zero \u0000');
CREATE TABLE clerk_lawful (
         repository BIGINT NOT NULL PRIMARY KEY,
         number BIGINT NOT NULL,
         print TEXT NOT NULL,
         commit_id TEXT NOT NULL,
         content TEXT NOT NULL,
         adopted_at BIGINT NOT NULL
       );
INSERT INTO clerk_lawful VALUES (7,3,'print 3','cccccccccccccccccccccccccccccccccccccccc','version: 1
teams: {}
',1772546700123);
CREATE TABLE clerk_intents (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         subject_print TEXT NOT NULL,
         subject TEXT NOT NULL,
         at BIGINT NOT NULL,
         process TEXT NOT NULL,
         PRIMARY KEY (repository, pull, subject_print)
       );
INSERT INTO clerk_intents VALUES (7,12,'0d22c198948b85718fa5646b5466c789ca2e7341ee813f8d50c4d5aef731a43d','announcement 1:fcp_begun',1772546700000,'process 1');
CREATE TABLE clerk_decisions (
         repository BIGINT NOT NULL,
         number BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         motion BIGINT NOT NULL,
         outcome TEXT NOT NULL,
         at BIGINT NOT NULL,
         hash TEXT NOT NULL,
         url TEXT NOT NULL,
         record TEXT NOT NULL,
         PRIMARY KEY (repository, number),
         UNIQUE (repository, pull, motion)
       );
INSERT INTO clerk_decisions VALUES (7,1,12,1,'merge',1772546700000,'1111111111111111111111111111111111111111111111111111111111111111','https://github.com/o/r/pull/12#issuecomment-1','{"number":1,"text":"it''s"}');
CREATE TABLE clerk_proposals (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         title TEXT NOT NULL,
         author TEXT NOT NULL,
         labels TEXT NOT NULL,
         state TEXT NOT NULL,
         created_at BIGINT NOT NULL,
         updated_at BIGINT NOT NULL,
         head TEXT NOT NULL,
         next_check_at BIGINT NOT NULL,
         read_at BIGINT NOT NULL,
         settled TEXT NOT NULL,
         members BIGINT NOT NULL,
         outline TEXT NOT NULL,
         PRIMARY KEY (repository, pull)
       );
INSERT INTO clerk_proposals VALUES (7,12,'MSC12: “Spaces”, and ''more''','alice','["proposal","a, b"]','open',1,1772000000000,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',-1,1772000000002,'print',1,'what it waits for');
CREATE TABLE clerk_rounds (
         repository BIGINT NOT NULL PRIMARY KEY,
         up_to BIGINT NOT NULL
       );
INSERT INTO clerk_rounds VALUES (7,1772000000000);
CREATE TABLE clerk_due (
         subject_print TEXT NOT NULL PRIMARY KEY,
         subject TEXT NOT NULL,
         installation BIGINT NOT NULL,
         news TEXT NOT NULL,
         run_at BIGINT NOT NULL,
         generation BIGINT NOT NULL
       );
INSERT INTO clerk_due VALUES ('print 1','proposal o/r#12',7,'{"trigger":{"kind":"installation","installation":7},"announced":[],"senders":[null],"push":false,"deliveries":[]}',1772546900000,1);
CREATE TABLE clerk_instances (
         instance TEXT NOT NULL PRIMARY KEY,
         backend TEXT NOT NULL,
         seen_at BIGINT NOT NULL
       );
INSERT INTO clerk_instances VALUES ('process 1','1 1.5',1772546900000);
CREATE INDEX clerk_due_of ON clerk_due (installation);
CREATE TABLE clerk_repositories (
         repository BIGINT NOT NULL PRIMARY KEY,
         owner TEXT NOT NULL,
         name TEXT NOT NULL,
         url TEXT NOT NULL,
         is_public BIGINT NOT NULL,
         roster_commit TEXT NOT NULL,
         roster TEXT NOT NULL,
         listed_at BIGINT NOT NULL
       , halt TEXT NOT NULL DEFAULT '');
INSERT INTO clerk_repositories VALUES (7,'o','r','https://github.com/o/r',1,'cccccccccccccccccccccccccccccccccccccccc','{"versions":[]}',1772000000000,'{"why":"invalid","since":1772000000000}');
CREATE TABLE clerk_views (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         summary TEXT NOT NULL,
         detail TEXT NOT NULL, edition TEXT NOT NULL DEFAULT '',
         PRIMARY KEY (repository, pull)
       );
INSERT INTO clerk_views VALUES (7,12,'{"number":12,"title":"it''s"}','','0b6e6a52-51a5-4c8f-9d55-5a1f5f1d2c3e');
CREATE TABLE clerk_events (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         id TEXT NOT NULL,
         at BIGINT NOT NULL,
         event TEXT NOT NULL,
         words TEXT NOT NULL,
         PRIMARY KEY (repository, pull, id)
       );
INSERT INTO clerk_events VALUES (7,12,'opened',1772000000000,'{"what":{"kind":"opened"}}','what they said');
CREATE TABLE clerk_notice_marks (
         repository BIGINT NOT NULL PRIMARY KEY,
         since BIGINT NOT NULL
       );
INSERT INTO clerk_notice_marks VALUES (7,1771900000000);
CREATE TABLE clerk_notices (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         event TEXT NOT NULL,
         at BIGINT NOT NULL,
         transaction_id TEXT NOT NULL,
         is_over BIGINT NOT NULL,
         PRIMARY KEY (repository, pull, event)
       );
INSERT INTO clerk_notices VALUES (7,12,'opened',1772000000000,'msc-clerk.1',0);
CREATE INDEX clerk_events_at ON clerk_events (repository, at);
