package jats

import "strings"

// listed is a contributor with what it is where it does not say so.
type listed struct {
	e    *elem
	role string
}

// inOrderOfRecord are the contributors of a front with the members of a body behind it.
// Members may stand apart from their body and name it: by rid, usually in a group of
// content-type "collab-list" (SciELO Publishing Schema, contrib-group), or by a key that
// both have (eLife, contrib-id-type "group-author-key"). A list that names no body
// belongs to the last one before it.
func inOrderOfRecord(meta *elem) []listed {
	bodies := bodies(meta)
	members := map[*elem][]listed{}
	var byline []listed
	var last *elem
	for group := range meta.each("contrib-group") {
		apart := listsMembers(group)
		for k := range group.each("contrib") {
			body := k
			if apart || !isBody(k) {
				body = bodyOf(k, bodies)
			}
			if body == nil && apart {
				body = last
			}
			switch {
			case body == k:
				last = k
				byline = append(byline, listed{k, groupRole(group)})
			case body != nil:
				members[body] = append(members[body], listed{k, roleMember})
			case apart:
				byline = append(byline, listed{k, roleMember})
			default:
				byline = append(byline, listed{k, groupRole(group)})
			}
		}
	}
	var out []listed
	for _, one := range byline {
		out = append(append(out, one), members[one.e]...)
	}
	return out
}

// roleMember is the role of those whom a body has as members, who are authors as part
// of it.
const roleMember = "collab-member"

func listsMembers(group *elem) bool { return group.at("content-type") == "collab-list" }

// isBody reports whether a contributor has the name of a body and of no person.
func isBody(e *elem) bool {
	return (e.child("collab") != nil || e.child("collab-alternatives") != nil) &&
		e.child("name") == nil && e.child("string-name") == nil && e.child("name-alternatives") == nil
}

// bodies are the bodies of a front by what their members can name them by.
func bodies(meta *elem) map[string]*elem {
	out := map[string]*elem{}
	for group := range meta.each("contrib-group") {
		for k := range group.each("contrib") {
			if listsMembers(group) || !isBody(k) {
				continue
			}
			names := []string{k.at("id")}
			for form := range k.each("collab") {
				names = append(names, form.at("id"))
			}
			if key := memberKey(k); key != nil {
				names = append(names, bodyKey+key.peek())
			}
			for _, name := range names {
				if name != "" && out[name] == nil {
					out[name] = k
				}
			}
		}
	}
	return out
}

// bodyKey stands before a key, which is no identifier.
const bodyKey = "key "

// memberKey is the key that a body has in common with its members, nil without one.
func memberKey(e *elem) *elem {
	for k := range e.each("contrib-id") {
		if k.at("contrib-id-type") == "group-author-key" {
			return k
		}
	}
	return nil
}

// bodyOf is the body that a contributor names, or nil.
func bodyOf(e *elem, bodies map[string]*elem) *elem {
	for _, rid := range strings.Fields(e.at("rid")) {
		if body := bodies[rid]; body != nil {
			return body
		}
	}
	key := memberKey(e)
	if key == nil || bodies[bodyKey+key.peek()] == nil {
		return nil
	}
	body := bodies[bodyKey+key.peek()]
	key.takeAll()
	memberKey(body).takeAll()
	return body
}

// groupRole is what those in a group are who do not say it.
func groupRole(group *elem) string {
	switch kind := strings.ToLower(strings.TrimSpace(group.at("content-type"))); kind {
	case "editor", "reviewer", "translator":
		return kind
	case "editors", "reviewers", "translators":
		return strings.TrimSuffix(kind, "s")
	}
	return "author"
}
