/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-reader.h"

#include "catalog-field.h"
#include "catalog-spec.h"
#include "catalog-value-reader.h"

#include "ns3/scenario-quantity.h"
#include "ns3/scenario-section.h"
#include "ns3/scenario-toml.h"

#include <algorithm>
#include <set>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// An entry as it was written.
struct Draft
{
    CatalogKind::Kind kind;   ///< what it is
    std::string name;         ///< name
    const ScenarioNode* node; ///< its table

    /// @return path to it in the file
    std::string GetPath() const
    {
        return GetName(kind) + "." + name;
    }
};

/**
 * @param kind kind of entry
 * @return true if it shares its names with the other kinds of CouplingSpec
 */
bool
IsCoupling(CatalogKind::Kind kind)
{
    return kind == CatalogKind::CONNECTOR || kind == CatalogKind::SPLICE ||
           kind == CatalogKind::CIRCULATOR;
}

/// Reads the entries of some files.
class Reader
{
  public:
    /// @param known entries there are already; must outlive this
    explicit Reader(const CatalogEntries& known)
        : m_known(known)
    {
    }

    /// @param root a file; must outlive this
    void AddFile(const ScenarioNode& root);
    /// @return all entries of the files
    std::vector<CatalogEntry> Read();

  private:
    /// @param draft entry of a file
    void AddDraft(const Draft& draft);
    /**
     * @param draft an entry
     * @return its values with those it inherits
     */
    const CatalogEntry& Resolve(const Draft& draft);
    /**
     * @param draft an entry
     * @param derivation what it derives from
     * @return that entry
     */
    const CatalogEntry& FindBase(const Draft& draft, const CatalogDerivation& derivation);
    /**
     * Take the values out of a table and the tables in it.
     * @param draft the entry
     * @param table the table
     * @param prefix path to it in the entry, with a dot; empty: the whole entry
     * @param values where they go
     */
    void Walk(const Draft& draft,
              const ScenarioNode& table,
              const std::string& prefix,
              std::vector<CatalogValue>& values) const;
    /**
     * @param draft an entry
     * @param own its own values
     * @param derivation what it derives from
     * @param base that entry, null if it derives from none
     * @return all its values, in the order of fields
     */
    std::vector<CatalogValue> Merge(const Draft& draft,
                                    const std::vector<CatalogValue>& own,
                                    const CatalogDerivation& derivation,
                                    const CatalogEntry* base) const;
    /**
     * @param kind a kind
     * @return its fields
     */
    const std::vector<CatalogField>& GetFields(CatalogKind::Kind kind) const;

    using Key = std::pair<CatalogKind::Kind, std::string>;

    const CatalogEntries& m_known;      ///< entries there are already
    std::map<Key, Draft> m_drafts;      ///< entries of the files
    CatalogEntries m_resolved;          ///< those with all their values
    std::vector<std::string> m_pending; ///< names under way, each deriving from the next
    std::map<CatalogKind::Kind, std::vector<CatalogField>> m_fields; ///< by kind
};

const std::vector<CatalogField>&
Reader::GetFields(CatalogKind::Kind kind) const
{
    return m_fields.at(kind);
}

void
Reader::AddFile(const ScenarioNode& root)
{
    ScenarioSection section(root, "");
    for (uint8_t i = 0; i < CatalogKind::COUNT; ++i)
    {
        const auto kind = static_cast<CatalogKind::Kind>(i);
        m_fields[kind] = GetCatalogFields(kind);
        const ScenarioNode* node = section.Take(GetName(kind));
        if (node == nullptr)
        {
            continue;
        }
        const ScenarioSection entries(*node, GetName(kind));
        for (const auto& [name, entry] : node->keys)
        {
            AddDraft({kind, name, &entry});
        }
    }
    section.RefuseRest();
}

void
Reader::AddDraft(const Draft& draft)
{
    constexpr const char* LETTERS =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._+";
    const ScenarioNode& node = *draft.node;
    if (draft.name.empty() || draft.name.find_first_not_of(LETTERS) != std::string::npos)
    {
        throw ScenarioError(node.mark,
                            "the name \"" + draft.name +
                                "\" is not allowed; allowed: letters, digits, and - . _ +");
    }
    if (node.kind != ScenarioNode::TABLE)
    {
        RefuseCatalogValue(node.mark,
                           draft.GetPath(),
                           node.Describe(),
                           "a table with the entry's values");
    }
    for (uint8_t i = 0; i < CatalogKind::COUNT; ++i)
    {
        const auto kind = static_cast<CatalogKind::Kind>(i);
        if (kind != draft.kind && !(IsCoupling(kind) && IsCoupling(draft.kind)))
        {
            continue;
        }
        const auto twin = m_drafts.find({kind, draft.name});
        const auto known = m_known.find({kind, draft.name});
        const bool isKnown = kind != draft.kind && known != m_known.end();
        if (twin != m_drafts.end() || isKnown)
        {
            const ScenarioMark& place = isKnown ? known->second.place : twin->second.node->mark;
            throw ScenarioError(node.mark,
                                "duplicate " + draft.GetPath() + "; there is a " + GetName(kind) +
                                    " of that name already, at " + place.ToString() +
                                    "allowed: a name of its own");
        }
    }
    m_drafts.emplace(Key{draft.kind, draft.name}, draft);
}

std::vector<CatalogEntry>
Reader::Read()
{
    std::vector<CatalogEntry> entries;
    for (const auto& [key, draft] : m_drafts)
    {
        entries.push_back(Resolve(draft));
    }
    return entries;
}

const CatalogEntry&
Reader::FindBase(const Draft& draft, const CatalogDerivation& derivation)
{
    const Key key{draft.kind, derivation.from};
    const auto sibling = m_drafts.find(key);
    const auto known = m_known.find(key);
    const bool isReplaced = derivation.from == draft.name && known != m_known.end();
    if (sibling != m_drafts.end() && !isReplaced)
    {
        return Resolve(sibling->second);
    }
    if (known != m_known.end())
    {
        return known->second;
    }
    std::set<std::string> names;
    for (const auto& [other, entry] : m_known)
    {
        if (other.first == draft.kind)
        {
            names.insert(other.second);
        }
    }
    for (const auto& [other, entry] : m_drafts)
    {
        if (other.first == draft.kind && other.second != draft.name)
        {
            names.insert(other.second);
        }
    }
    const std::vector<std::string> list(names.begin(), names.end());
    RefuseCatalogValue(derivation.place,
                       draft.GetPath() + ".like",
                       "\"" + derivation.from + "\"" + SuggestName(derivation.from, list),
                       JoinNames(list));
}

const CatalogEntry&
Reader::Resolve(const Draft& draft)
{
    const Key key{draft.kind, draft.name};
    const auto done = m_resolved.find(key);
    if (done != m_resolved.end())
    {
        return done->second;
    }
    const CatalogDerivation derivation = ReadCatalogDerivation(*draft.node, draft.GetPath());
    if (std::find(m_pending.begin(), m_pending.end(), draft.name) != m_pending.end())
    {
        std::string circle;
        for (const std::string& name : m_pending)
        {
            circle += name + " like ";
        }
        RefuseCatalogValue(derivation.place,
                           draft.GetPath() + ".like",
                           "\"" + derivation.from + "\"",
                           "entries that do not derive from themselves (" + circle + draft.name +
                               ")");
    }
    CatalogEntry entry;
    entry.kind = draft.kind;
    entry.name = draft.name;
    entry.like = derivation.from;
    entry.place = draft.node->mark;
    const CatalogEntry* base = nullptr;
    if (!derivation.from.empty())
    {
        m_pending.push_back(draft.name);
        base = &FindBase(draft, derivation);
        m_pending.pop_back();
    }
    std::vector<CatalogValue> own;
    Walk(draft, *draft.node, "", own);
    entry.values = Merge(draft, own, derivation, base);
    return m_resolved.emplace(key, entry).first->second;
}

void
Reader::Walk(const Draft& draft,
             const ScenarioNode& table,
             const std::string& prefix,
             std::vector<CatalogValue>& values) const
{
    const std::vector<CatalogField>& fields = GetFields(draft.kind);
    for (const auto& [key, node] : table.keys)
    {
        std::string name = prefix + key;
        if (name == "like")
        {
            continue;
        }
        const std::string path = draft.GetPath() + "." + name;
        const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& candidate) {
            return candidate.Matches(name);
        });
        if (field != fields.end())
        {
            if (field->type == CatalogField::RATE_KEY && key != ANY_LANE_RATE)
            {
                const auto rate = ReadBitRate(key);
                if (!rate || *rate == 0)
                {
                    throw ScenarioError(node.mark,
                                        "unknown key " + path + "; allowed: " + ANY_LANE_RATE +
                                            ", or " + ALLOWED_RATE);
                }
                // One spelling, so that a derived entry can say it in another.
                name = prefix + WriteBitRate(*rate);
            }
            values.push_back(ReadCatalogValue(node, *field, name, path));
            continue;
        }
        std::vector<std::string> names;
        bool isGroup = false;
        for (const CatalogField& candidate : fields)
        {
            names.push_back(candidate.path);
            isGroup |= candidate.path.compare(0, name.size() + 1, name + ".") == 0;
            isGroup |= candidate.path == name && candidate.type == CatalogField::RATE_KEY;
        }
        if (!isGroup)
        {
            throw ScenarioError(node.mark,
                                "unknown key " + path + SuggestName(name, names) +
                                    "; allowed: like, " + JoinNames(names));
        }
        if (node.kind != ScenarioNode::TABLE)
        {
            RefuseCatalogValue(node.mark, path, node.Describe(), "a table of values");
        }
        Walk(draft, node, name + ".", values);
    }
}

std::vector<CatalogValue>
Reader::Merge(const Draft& draft,
              const std::vector<CatalogValue>& own,
              const CatalogDerivation& derivation,
              const CatalogEntry* base) const
{
    std::vector<CatalogValue> merged;
    for (const CatalogField& field : GetFields(draft.kind))
    {
        const std::size_t before = merged.size();
        for (const CatalogValue& value : own)
        {
            if (field.Matches(value.field))
            {
                merged.push_back(value);
            }
        }
        const std::size_t ownEnd = merged.size();
        for (std::size_t i = 0; base != nullptr && i < base->values.size(); ++i)
        {
            CatalogValue value = base->values[i];
            const bool isOwn =
                std::any_of(merged.begin() + before,
                            merged.begin() + ownEnd,
                            [&](const auto& mine) { return mine.field == value.field; });
            if (!field.Matches(value.field) || isOwn)
            {
                continue;
            }
            value.inheritedFrom = value.inheritedFrom.empty() ? base->name : value.inheritedFrom;
            value.evidence = std::max(value.evidence, derivation.evidence);
            value.source += derivation.source.empty() ? "" : "; here: " + derivation.source;
            merged.push_back(value);
        }
        if (merged.size() == before && !field.isOptional)
        {
            throw ScenarioError(draft.node->mark,
                                draft.GetPath() + "." + field.path + " is missing; allowed: " +
                                    ALLOWED_CATALOG_VALUE + ", or like = \"an entry that has it\"");
        }
    }
    return merged;
}

} // namespace

std::vector<CatalogEntry>
ReadCatalog(const std::vector<CatalogText>& files, const CatalogEntries& known)
{
    std::vector<ScenarioNode> roots;
    for (const CatalogText& file : files)
    {
        roots.push_back(ParseToml(file.text, file.origin));
    }
    Reader reader(known);
    for (const ScenarioNode& root : roots)
    {
        reader.AddFile(root);
    }
    return reader.Read();
}

} // namespace opticalfabric
} // namespace ns3
